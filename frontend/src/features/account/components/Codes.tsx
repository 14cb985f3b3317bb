import { Button, Modal } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconLifebuoy } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Block, Line, Lines } from "@/features/account/components/Block";
import { Question } from "@/features/account/components/Question";
import { useAct } from "@/features/account/hooks/useAct";
import { factorsQuery, renewCodes, type Codes as CodesFactor } from "@/features/session/api/factors";
import { RecoveryCodes } from "@/features/session/components/RecoveryCodes";

/** How many recovery codes are left, and new ones when they run out. */
export function Codes({ codes }: { codes: CodesFactor | undefined }) {
  const { t } = useTranslation("account");
  const { busy, run } = useAct(factorsQuery.queryKey);
  const [asking, question] = useDisclosure(false);
  const [shown, setShown] = useState<string[] | null>(null);
  const renew = () => void run(async () => setShown(await renewCodes()));
  const left = codes?.unused_code_count ?? 0;
  const again = (
    <Button size="xs" variant="light" loading={busy} onClick={codes ? question.open : renew}>
      {t("codes.renew")}
    </Button>
  );
  return (
    <Block title={t("codes.title")} lead={t("codes.lead")} action={again}>
      <Lines label={t("codes.title")}>
        <Line icon={<IconLifebuoy aria-hidden size={20} stroke={1.7} />} title={t("codes.left", { count: left })} detail={left < 3 ? t("codes.few") : undefined} />
      </Lines>
      <Question
        opened={asking}
        title={t("codes.renewQuestion")}
        consequence={t("codes.renewConsequence")}
        act={t("codes.renew")}
        onAct={renew}
        onClose={question.close}
      />
      <Modal opened={shown !== null} onClose={() => setShown(null)} title={t("codes.title")} size={480}>
        {shown && <RecoveryCodes codes={shown} label={t("codes.done")} onDone={() => setShown(null)} />}
      </Modal>
    </Block>
  );
}
