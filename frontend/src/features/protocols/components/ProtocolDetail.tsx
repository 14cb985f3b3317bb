import { ActionIcon, Stack, Text, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { protocolQuery, type Protocol } from "@/features/protocols/api/getProtocol";
import { EnrolledTable } from "@/features/protocols/components/EnrolledTable";
import { useDomain } from "@/features/protocols/components/Library";
import { Timeline } from "@/features/protocols/components/Timeline";
import { ErrorState, SkeletonRows } from "@/ui";
import classes from "./ProtocolDetail.module.css";

/** One protocol: where it comes from, its steps drawn in time, and who follows it. */
export function ProtocolDetail({ id }: { id: string }) {
  const { t } = useTranslation("protocols");
  const { data, error, isPending, refetch } = useQuery(protocolQuery(id));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={8} />;
  return (
    <article className={classes.protocol}>
      <Heading protocol={data} />
      <section aria-labelledby="enrolled">
        <Title order={2} id="enrolled" mb="xs">
          {t("whoFollows")}
        </Title>
        <EnrolledTable protocol={id} />
      </section>
      <section aria-labelledby="steps">
        <Title order={2} id="steps" mb="sm">
          {t("timeline")}
        </Title>
        <Timeline steps={data.steps} />
      </section>
      <Sources protocol={data} />
    </article>
  );
}

function Heading({ protocol }: { protocol: Protocol }) {
  const { t } = useTranslation("protocols");
  const domain = useDomain();
  const facts = [
    domain(protocol.domain),
    protocol.source_year ? t("sourceYear", { year: protocol.source_year }) : "",
    t("version", { version: protocol.version }),
    t("owner", { role: protocol.owner_role_label }),
  ];
  return (
    <header>
      <ActionIcon hiddenFrom="sm" size="lg" ms={-8} renderRoot={(props) => <Link to="/protocoles/{-$id}" params={{ id: undefined }} {...props} />} aria-label={t("back")}>
        <IconArrowLeft size={20} stroke={1.8} />
      </ActionIcon>
      <Title order={1}>{protocol.title}</Title>
      <Text size="xs" c="dimmed">
        {facts.filter(Boolean).join(" · ")}
      </Text>
      {protocol.note && <Text mt="xs">{protocol.note}</Text>}
    </header>
  );
}

function Sources({ protocol }: { protocol: Protocol }) {
  const { t } = useTranslation("protocols");
  return (
    <section aria-labelledby="sources">
      <Title order={2} id="sources" mb="xs">
        {t("source")}
      </Title>
      <Stack component="ul" gap={4} className={classes.sources}>
        {protocol.sources.map((source) => (
          <li key={source.ref}>
            {source.ref} ({source.year})
          </li>
        ))}
      </Stack>
    </section>
  );
}
