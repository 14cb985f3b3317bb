import { Badge, Button, Group, Modal, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { endAbsence } from "@/features/directory/api/absences";
import { PersonLink } from "@/features/directory/components/PersonLink";
import type { Absence } from "@/features/directory/types";
import { useMay, useMe } from "@/features/session/hooks/useSession";
import { dayAndHour } from "@/i18n/when";
import { sayDone, sayFailed, useSentence } from "@/ui";
import { useNow } from "@/ui/useNow";
import classes from "./AbsenceLines.module.css";

interface AbsenceLinesProps {
  absences: Absence[];
  /** Whether each line says whose absence it is. */
  named?: boolean;
}

/** Absences in order, each with who takes over; one's own can be ended or withdrawn, everybody's by the administrator. */
export function AbsenceLines({ absences, named = false }: AbsenceLinesProps) {
  const inOrder = [...absences].sort((a, b) => a.starts_at.localeCompare(b.starts_at));
  return (
    <ul className={classes.lines}>
      {inOrder.map((absence) => (
        <AbsenceLine key={absence.id} absence={absence} named={named} />
      ))}
    </ul>
  );
}

function AbsenceLine({ absence, named }: { absence: Absence; named: boolean }) {
  const { t } = useTranslation("directory");
  const me = useMe();
  const mayManage = useMay("directory.manage");
  const now = useNow(60_000);
  const begun = Date.parse(absence.starts_at) <= now;
  const over = Date.parse(absence.ends_at) <= now;
  const span = t("absences.span", { from: dayAndHour(absence.starts_at), until: dayAndHour(absence.ends_at) });
  return (
    <li className={classes.line}>
      <div className={classes.words}>
        {named && <PersonLink person={absence.person} />}
        <Group gap="xs">
          <Text fw={550} component="time">
            {span}
          </Text>
          {begun && !over && <Badge color="amber">{t("absences.underWay")}</Badge>}
        </Group>
        <Text size="xs" c="dimmed">
          {absence.delegate ? t("absences.delegatedTo", { name: absence.delegate.name }) : t("absences.noDelegate")}
          {absence.reason && ` · ${absence.reason}`}
        </Text>
      </div>
      {!over && (mayManage || absence.person.id === me.id) && <EndAbsence absence={absence} begun={begun} />}
    </li>
  );
}

function EndAbsence({ absence, begun }: { absence: Absence; begun: boolean }) {
  const { t } = useTranslation("directory");
  const { t: common } = useTranslation();
  const client = useQueryClient();
  const sentence = useSentence();
  const [asking, question] = useDisclosure(false);
  const end = async () => {
    question.close();
    try {
      await endAbsence(absence.id);
      sayDone(t(begun ? "absences.ended" : "absences.withdrawn"));
    } catch (error) {
      sayFailed({ message: sentence(error) });
    }
    await Promise.all(["absences", "people"].map((key) => client.invalidateQueries({ queryKey: [key] })));
  };
  return (
    <>
      <Button flex="none" size="compact-sm" variant="subtle" color={begun ? undefined : "red"} onClick={question.open}>
        {t(begun ? "absences.end" : "absences.withdraw")}
      </Button>
      <Modal opened={asking} onClose={question.close} title={t(begun ? "absences.endQuestion" : "absences.withdrawQuestion")}>
        <Text>
          {absence.delegate ? t(begun ? "absences.endConsequence" : "absences.withdrawConsequence", { name: absence.delegate.name }) : t("absences.endPlain", { name: absence.person.name })}
        </Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={question.close}>
            {common("act.cancel")}
          </Button>
          <Button onClick={() => void end()}>{t(begun ? "absences.end" : "absences.withdraw")}</Button>
        </Group>
      </Modal>
    </>
  );
}
