import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDeviceMobile } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Block, Line, Lines } from "@/features/account/components/Block";
import { Question } from "@/features/account/components/Question";
import { useAct } from "@/features/account/hooks/useAct";
import { useUsed } from "@/features/account/hooks/useUsed";
import { factorsQuery, removeTotp, type Totp as TotpFactor } from "@/features/session/api/factors";
import { TotpSetup } from "@/features/session/components/TotpSetup";
import { sayDone } from "@/ui";

/** The application that shows six figures. */
export function Totp({ totp, onAdded }: { totp: TotpFactor | undefined; onAdded: () => Promise<void> }) {
  const { t } = useTranslation("account");
  const used = useUsed();
  const client = useQueryClient();
  const { run } = useAct(factorsQuery.queryKey);
  const [adding, setup] = useDisclosure(false);
  const [removing, question] = useDisclosure(false);
  const done = async () => {
    setup.close();
    sayDone(t("totp.added"));
    await onAdded();
    await client.invalidateQueries({ queryKey: factorsQuery.queryKey });
  };
  const add = !totp && (
    <Button size="xs" variant="light" onClick={setup.open}>
      {t("totp.add")}
    </Button>
  );
  return (
    <Block title={t("totp.title")} lead={t("totp.lead")} action={add}>
      {totp && (
        <Lines label={t("totp.title")}>
          <Line
            icon={<IconDeviceMobile aria-hidden size={20} stroke={1.7} />}
            title={t("totp.on")}
            detail={used(totp)}
            acts={
              <Button size="compact-sm" variant="subtle" color="red" onClick={question.open}>
                {t("totp.remove")}
              </Button>
            }
          />
        </Lines>
      )}
      <Modal opened={adding} onClose={setup.close} title={t("totp.add")} size={480}>
        <TotpSetup onDone={done} onBack={setup.close} backLabel={t("totp.notNow")} />
      </Modal>
      <Question
        opened={removing}
        title={t("totp.removeQuestion")}
        consequence={t("totp.removeConsequence")}
        act={t("totp.remove")}
        onAct={() => void run(removeTotp, t("totp.removed"))}
        onClose={question.close}
      />
    </Block>
  );
}
