import { Anchor, Button, Drawer, Group, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import type { KeyboardEvent } from "react";
import { useTranslation } from "react-i18next";

import { AbsenceDialog } from "@/features/directory/components/AbsenceDialog";
import { AbsenceLines } from "@/features/directory/components/AbsenceLines";
import { PhotoField } from "@/features/directory/components/PhotoField";
import { absencesQuery } from "@/features/directory/api/absences";
import { colleagueQuery } from "@/features/directory/api/people";
import type { Colleague } from "@/features/directory/types";
import { Memberships } from "@/features/administration/components/Memberships";
import { StateBadge } from "@/features/administration/components/People";
import { PersonAccess } from "@/features/administration/components/PersonAccess";
import { PersonDialog } from "@/features/administration/components/PersonDialog";
import { ErrorState, SkeletonRows } from "@/ui";
import classes from "./PersonSheet.module.css";

/** All that can be changed about one person: who they are, their roles, their absences, their access. */
export function PersonSheet({ id, onClose }: { id: string | undefined; onClose: () => void }) {
  const { t } = useTranslation("administration");
  // A dialog above the sheet answers to Escape by itself: only a key pressed in the sheet closes the sheet.
  const onKeyDown = (event: KeyboardEvent<HTMLElement>) => {
    if (event.key === "Escape" && event.currentTarget.contains(event.target as Node)) onClose();
  };
  return (
    <Drawer opened={id !== undefined} onClose={onClose} closeOnEscape={false} onKeyDown={onKeyDown} position="right" size={600} title={t("people.sheet")}>
      {id && <Sheet key={id} id={id} />}
    </Drawer>
  );
}

function Sheet({ id }: { id: string }) {
  const { data, error, isPending, refetch } = useQuery(colleagueQuery(id));
  if (isPending) return <SkeletonRows avatars />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <Stack gap="xl">
      <Who person={data} />
      <Memberships person={data} />
      <Absences person={data} />
      <PersonAccess person={data} />
    </Stack>
  );
}

function Who({ person }: { person: Colleague }) {
  const { t } = useTranslation("administration");
  const [editing, dialog] = useDisclosure(false);
  return (
    <section aria-labelledby="person-name">
      <Group wrap="nowrap" align="flex-start">
        <PhotoField person={person} />
        <div className={classes.who}>
          <Group gap="xs">
            <Title order={3} id="person-name">
              {person.name}
            </Title>
            <StateBadge person={person} />
          </Group>
          <Text>{person.profession}</Text>
          <Text size="xs" c="dimmed">
            {[person.phone, person.email, person.rpps && `RPPS ${person.rpps}`].filter(Boolean).join(" · ")}
          </Text>
          <Group gap="xs" mt="xs">
            <Button size="compact-sm" variant="default" onClick={dialog.open}>
              {t("people.edit")}
            </Button>
            <Anchor size="sm" renderRoot={(props) => <Link to="/annuaire/{-$id}" params={{ id: person.id }} search={{}} {...props} />}>
              {t("people.inDirectory")}
            </Anchor>
          </Group>
        </div>
      </Group>
      <PersonDialog opened={editing} onClose={dialog.close} person={person} />
    </section>
  );
}

function Absences({ person }: { person: Colleague }) {
  const { t } = useTranslation("administration");
  const { t: directory } = useTranslation("directory");
  const [declaring, dialog] = useDisclosure(false);
  const { data, error, refetch } = useQuery(absencesQuery(person.id));
  if (person.is_service) return null;
  return (
    <section aria-labelledby="person-absences">
      <Group justify="space-between">
        <Title order={3} id="person-absences">
          {t("part.absences")}
        </Title>
        <Button size="compact-sm" variant="default" onClick={dialog.open}>
          {directory("absences.declare")}
        </Button>
      </Group>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <Text c="dimmed">{t("people.noAbsence")}</Text>}
      <AbsenceLines absences={data?.items ?? []} />
      <AbsenceDialog opened={declaring} onClose={dialog.close} person={person} />
    </section>
  );
}
