import { Badge, Button, Group, Modal, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUsersGroup } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { AddToCircleDialog } from "@/features/patients/components/AddToCircleDialog";
import { isMine, isMyOnlyWay } from "@/features/patients/circle";
import { useBasisWords } from "@/features/patients/hooks/useBasisWords";
import { useMayChange } from "@/features/patients/hooks/useMayChange";
import { useTakeOut } from "@/features/patients/hooks/useTakeOut";
import type { CircleMember, Patient } from "@/features/patients/types";
import { teamsQuery } from "@/features/session/api/people";
import { useMe } from "@/features/session/hooks/useSession";
import { lastDay, numericDay } from "@/i18n/when";
import { PersonAvatar } from "@/ui";
import classes from "./CareCircle.module.css";

/** Who cares for the patient, since when, why and by whose hand; those who may, bring others in and take them out. */
export function CircleMembers({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  const mayEdit = useMayChange(patient);
  const [adding, dialog] = useDisclosure(false);
  return (
    <section aria-labelledby="circle-title">
      <Group justify="space-between">
        <Title order={2} id="circle-title">
          {t(`circle.named.${patient.circle.circle}`)}
        </Title>
        {mayEdit && (
          <Button size="compact-sm" variant="light" onClick={dialog.open}>
            {t("circle.add")}
          </Button>
        )}
      </Group>
      <ul className={classes.members}>
        {patient.circle.members.map((member) => (
          <Member key={member.id} member={member} patient={patient} />
        ))}
      </ul>
      <AddToCircleDialog opened={adding} onClose={dialog.close} patient={patient} />
    </section>
  );
}

interface MemberProps {
  member: CircleMember;
  patient: Patient;
}

function Member({ member, patient }: MemberProps) {
  const { t } = useTranslation("patients");
  const me = useMe();
  const { person, team } = member;
  return (
    <li className={classes.member}>
      {person ? (
        <PersonAvatar person={person} size={34} />
      ) : (
        <span className={classes.team} aria-hidden>
          <IconUsersGroup size={18} stroke={1.7} />
        </span>
      )}
      <div className={classes.who}>
        <Group gap={8}>
          <Text fw={550}>{person?.name ?? team?.name}</Text>
          {isMine(member, me) && (
            <Badge size="sm" color="teal">
              {person ? t("circle.you") : t("circle.yourTeam")}
            </Badge>
          )}
        </Group>
        <Facts member={member} />
        {team && <People team={team.id} />}
      </div>
      <TakeOut member={member} patient={patient} />
    </li>
  );
}

/** The role, the time, the reason, who added the line, and what allows the sharing. */
function Facts({ member }: { member: CircleMember }) {
  const { t } = useTranslation("patients");
  const basis = useBasisWords(member.basis);
  const time = member.until
    ? t("circle.sinceUntil", { since: numericDay(member.since), until: lastDay(member.until) })
    : t("circle.since", { day: numericDay(member.since) });
  const first = [member.role_label || (member.team && t("circle.team")), time].filter(Boolean).join(" · ");
  const second = [member.why, member.added_by && t("circle.addedBy", { who: member.added_by.name })].filter(Boolean).join(" · ");
  return (
    <>
      <Text size="xs" c="dimmed">
        {first}
      </Text>
      {second && (
        <Text size="xs" c="dimmed">
          {second}
        </Text>
      )}
      {basis && <Text size="xs">{basis}</Text>}
    </>
  );
}

const NAMED = 3;

/** Who sees the patient through a team. */
function People({ team }: { team: string }) {
  const { t } = useTranslation("patients");
  const people = useQuery(teamsQuery).data?.items.find(({ id }) => id === team)?.people ?? [];
  if (people.length === 0) return null;
  const names = people.slice(0, NAMED).map(({ name }) => name);
  const more = people.length - names.length;
  return (
    <Text size="xs" c="dimmed">
      {more > 0 ? t("circle.throughMore", { names: names.join(", "), count: more }) : t("circle.through", { names: names.join(", ") })}
    </Text>
  );
}

/** Ends a line at once, and can be taken back; before one loses the patient oneself, a question says so. */
function TakeOut({ member, patient }: MemberProps) {
  const { t } = useTranslation("patients");
  const { t: common } = useTranslation();
  const me = useMe();
  const mayEdit = useMayChange(patient);
  const takeOut = useTakeOut(patient);
  const [asking, question] = useDisclosure(false);
  const name = member.person?.name ?? member.team?.name;
  const forGood = isMyOnlyWay(member, patient.circle.members, me);
  if (!mayEdit && member.person?.id !== me.id) return null;
  const go = () => {
    question.close();
    void takeOut(member, { forGood });
  };
  return (
    <>
      <Button size="compact-sm" variant="subtle" color="gray" aria-label={t("circle.removeOf", { name })} onClick={forGood ? question.open : go}>
        {t("circle.remove")}
      </Button>
      <Modal opened={asking} onClose={question.close} title={t("circle.removeQuestion", { name })}>
        <Text>{t("circle.consequence", { name: patient.name })}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={question.close}>
            {common("act.cancel")}
          </Button>
          <Button color="red" onClick={go}>
            {t("circle.remove")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}
