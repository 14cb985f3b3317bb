import { Modal, Text, Title } from "@mantine/core";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { giveFirstPassword, resetSecondFactor, restorePerson, suspendPerson } from "@/features/administration/api/people";
import { AskFirst } from "@/features/administration/components/AskFirst";
import { ShownOnce } from "@/features/administration/components/ShownOnce";
import { useAct } from "@/features/administration/hooks/useSending";
import type { Colleague } from "@/features/directory/types";
import { useMe } from "@/features/session/hooks/useSession";
import { sayFailed, useSentence } from "@/ui";
import classes from "./PersonSheet.module.css";

/** The keys of one person: a new first password, the second factor, and the door itself. */
export function PersonAccess({ person }: { person: Colleague }) {
  const { t } = useTranslation("administration");
  const me = useMe();
  const act = useAct({ touches: [["people"]] });
  const name = person.name;
  if (person.id === me.id) return <Text c="dimmed">{t("access.own")}</Text>;
  return (
    <section aria-labelledby="person-access">
      <Title order={3} id="person-access">
        {t("group.access")}
      </Title>
      {!person.is_service && (
        <>
          <Choice title={t("access.password")} lead={t("access.passwordLead")}>
            <NewPassword person={person} />
          </Choice>
          <Choice title={t("access.factor")} lead={t("access.factorLead")}>
            <AskFirst
              size="compact-sm"
              act={t("access.reset")}
              question={t("access.resetQuestion", { name })}
              consequence={t("access.resetConsequence", { name })}
              onYes={() => void act(() => resetSecondFactor(person.id), t("access.resetDone"))}
            />
          </Choice>
        </>
      )}
      {person.is_active ? (
        <Choice title={t("access.suspension")} lead={t("access.suspendLead")}>
          <AskFirst
            severe
            size="compact-sm"
            variant="light"
            act={t("access.suspend")}
            question={t("access.suspendQuestion", { name })}
            consequence={t("access.suspendConsequence", { name })}
            onYes={() => void act(() => suspendPerson(person.id), t("access.suspended", { name }))}
          />
        </Choice>
      ) : (
        <Choice title={t("access.suspension")} lead={t("access.restoreLead")}>
          <AskFirst
            size="compact-sm"
            act={t("access.restore")}
            question={t("access.restoreQuestion", { name })}
            consequence={t("access.restoreConsequence", { name })}
            onYes={() => void act(() => restorePerson(person.id), t("access.restored", { name }))}
          />
        </Choice>
      )}
    </section>
  );
}

function Choice({ title, lead, children }: { title: string; lead: string; children: ReactNode }) {
  return (
    <div className={classes.choice}>
      <div>
        <Text fw={550}>{title}</Text>
        <Text size="xs" c="dimmed">
          {lead}
        </Text>
      </div>
      {children}
    </div>
  );
}

function NewPassword({ person }: { person: Colleague }) {
  const { t } = useTranslation("administration");
  const sentence = useSentence();
  const [password, setPassword] = useState<string | null>(null);
  const give = async () => {
    try {
      setPassword((await giveFirstPassword(person.id)).password);
    } catch (error) {
      sayFailed({ message: sentence(error) });
    }
  };
  return (
    <>
      <AskFirst size="compact-sm" act={t("access.give")} question={t("access.giveQuestion", { name: person.name })} consequence={t("access.giveConsequence", { name: person.name })} onYes={() => void give()} />
      <Modal opened={password !== null} onClose={() => setPassword(null)} title={t("access.password")} closeOnClickOutside={false}>
        {password !== null && <ShownOnce lead={t("people.firstPassword", { name: person.name })} secret={password} onDone={() => setPassword(null)} />}
      </Modal>
    </>
  );
}
