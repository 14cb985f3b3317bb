import { Button, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { absencesQuery } from "@/features/directory/api/absences";
import { AbsenceDialog } from "@/features/directory/components/AbsenceDialog";
import { AbsenceLines } from "@/features/directory/components/AbsenceLines";
import { ErrorState, SkeletonRows } from "@/ui";
import { useNow } from "@/ui/useNow";
import page from "./Roles.module.css";

/** Everybody's absences, those under way first, and who takes over. */
export function Absences() {
  const { t } = useTranslation("administration");
  const { t: directory } = useTranslation("directory");
  const [declaring, dialog] = useDisclosure(false);
  const { data, error, isPending, refetch } = useQuery(absencesQuery());
  const now = useNow(60_000);
  if (isPending) return <SkeletonRows rows={5} avatars />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  const begun = data.items.filter(({ starts_at }) => Date.parse(starts_at) <= now);
  const later = data.items.filter(({ starts_at }) => Date.parse(starts_at) > now);
  return (
    <>
      <div className={page.lead}>
        <Text c="dimmed">{t("absences.lead")}</Text>
        <Button flex="none" leftSection={<IconPlus aria-hidden size={16} stroke={1.8} />} onClick={dialog.open}>
          {directory("absences.declare")}
        </Button>
      </div>
      <Stack gap="xl" maw={860}>
        <section aria-labelledby="absences-now">
          <Title order={3} id="absences-now">
            {t("absences.now")}
          </Title>
          {begun.length === 0 && <Text c="dimmed">{t("absences.nobody")}</Text>}
          <AbsenceLines absences={begun} named />
        </section>
        <section aria-labelledby="absences-later">
          <Title order={3} id="absences-later">
            {t("absences.later")}
          </Title>
          {later.length === 0 && <Text c="dimmed">{t("absences.none")}</Text>}
          <AbsenceLines absences={later} named />
        </section>
      </Stack>
      <AbsenceDialog opened={declaring} onClose={dialog.close} />
    </>
  );
}
