import { Button, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { absencesQuery } from "@/features/directory/api/absences";
import { AbsenceDialog } from "@/features/directory/components/AbsenceDialog";
import { AbsenceLines } from "@/features/directory/components/AbsenceLines";
import { Pane } from "@/features/directory/components/Pane";
import { useMe } from "@/features/session/hooks/useSession";
import { ErrorState, SkeletonRows } from "@/ui";
import classes from "./Pane.module.css";

/** My absences, and who takes over meanwhile; who else is away. */
export function AbsencesPane() {
  const { t } = useTranslation("directory");
  const me = useMe();
  const [declaring, dialog] = useDisclosure(false);
  const { data, error, isPending, refetch } = useQuery(absencesQuery());
  const head = (
    <>
      <div className={classes.who}>
        <Title order={2}>{t("absences.title")}</Title>
      </div>
      <Button leftSection={<IconPlus aria-hidden size={16} stroke={1.8} />} onClick={dialog.open}>
        {t("absences.declare")}
      </Button>
    </>
  );
  const mine = data?.items.filter(({ person }) => person.id === me.id) ?? [];
  const others = data?.items.filter(({ person }) => person.id !== me.id) ?? [];
  return (
    <Pane from="collegues" head={head}>
      <AbsenceDialog opened={declaring} onClose={dialog.close} person={me} />
      {isPending && <SkeletonRows rows={3} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && (
        <Stack gap="xl" maw={720}>
          <section aria-labelledby="mine">
            <Title order={3} id="mine">
              {t("absences.mine")}
            </Title>
            {mine.length === 0 && <Text c="dimmed">{t("absences.none")}</Text>}
            <AbsenceLines absences={mine} />
          </section>
          <section aria-labelledby="others">
            <Title order={3} id="others">
              {t("absences.others")}
            </Title>
            {others.length === 0 && <Text c="dimmed">{t("absences.nobodyAway")}</Text>}
            <AbsenceLines absences={others} named />
          </section>
        </Stack>
      )}
    </Pane>
  );
}
