import { Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconLifebuoy } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { Block, Line, Lines } from "@/features/account/components/Block";
import { Question } from "@/features/account/components/Question";
import { useAct } from "@/features/account/hooks/useAct";
import { factorsQuery, renewCodes, type Codes as CodesFactor } from "@/features/session/api/factors";

interface CodesProps {
  /** None before the first second factor, which brings them. */
  codes: CodesFactor | undefined;
  onMade: (codes: string[]) => void;
}

/** How many recovery codes are left, and new ones when they run out. */
export function Codes({ codes, onMade }: CodesProps) {
  const { t } = useTranslation("account");
  const { busy, run } = useAct(factorsQuery.queryKey);
  const [asking, question] = useDisclosure(false);
  if (!codes) return <Block title={t("codes.title")} lead={t("codes.none")} />;
  const left = codes.unused_code_count;
  const again = (
    <Button size="xs" variant="light" loading={busy} onClick={question.open}>
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
        onAct={() => void run(async () => onMade(await renewCodes()))}
        onClose={question.close}
      />
    </Block>
  );
}
