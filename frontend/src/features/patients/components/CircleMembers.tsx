import { Button, Group, Modal, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconUsersGroup } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { AddToCircleDialog } from "@/features/patients/components/AddToCircleDialog";
import { isMyOnlyWay } from "@/features/patients/circle";
import { useTakeOut } from "@/features/patients/hooks/useTakeOut";
import type { CircleMember, Patient } from "@/features/patients/types";
import { useMay, useMe } from "@/features/session/hooks/useSession";
import { numericDay } from "@/i18n/when";
import { PersonAvatar } from "@/ui";
import classes from "./CareCircle.module.css";

/** Who cares for the patient; those who may, bring others in and take them out. */
export function CircleMembers({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  const mayEdit = useMay("patient.edit");
  const [adding, dialog] = useDisclosure(false);
  return (
    <section aria-labelledby="circle-title">
      <Group justify="space-between">
        <Title order={2} id="circle-title">
          {t("circle.title")}
        </Title>
        {mayEdit && (
          <Button size="compact-sm" variant="light" onClick={dialog.open}>
            {t("circle.add")}
          </Button>
        )}
      </Group>
      <ul className={classes.members}>
        {patient.care_team.members.map((member) => (
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
  const { person, team } = member;
  const facts = [member.role_label || (team && t("circle.team")), t("circle.since", { day: numericDay(member.since) }), member.why];
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
        <Text fw={550}>{person?.name ?? team?.name}</Text>
        <Text size="xs" c="dimmed">
          {facts.filter(Boolean).join(" · ")}
        </Text>
      </div>
      <TakeOut member={member} patient={patient} />
    </li>
  );
}

/** Ends a line at once, and can be taken back; before one loses the patient oneself, a question says so. */
function TakeOut({ member, patient }: MemberProps) {
  const { t } = useTranslation("patients");
  const { t: common } = useTranslation();
  const me = useMe();
  const mayEdit = useMay("patient.edit");
  const takeOut = useTakeOut(patient);
  const [asking, question] = useDisclosure(false);
  const name = member.person?.name ?? member.team?.name;
  const forGood = isMyOnlyWay(member, patient.care_team.members, me);
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
