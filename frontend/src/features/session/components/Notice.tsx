import { Alert } from "@mantine/core";
import { IconInfoCircle, IconLock } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { doorQuery } from "@/features/session/api/session";
import { refusalNow, refusalWord } from "@/features/session/refusals";
import { useWhy } from "@/features/session/why";

/** Why the door is closed: refused elsewhere, locked while nobody was at the screen, or ended. */
export function Notice() {
  const { t } = useTranslation("signin");
  const why = useWhy();
  const refusal = refusalNow();
  if (refusal) {
    return (
      <Alert color="red" role="alert" variant="light" title={t("refused.title")}>
        {t(`refused.${refusalWord(refusal)}`)}
      </Alert>
    );
  }
  if (why === "access_ended") {
    return (
      <Alert color="red" role="alert" variant="light">
        {t("fault.access_ended")}
      </Alert>
    );
  }
  return why === "locked" || why === "ended" ? <Closed locked={why === "locked"} /> : null;
}

function Closed({ locked }: { locked: boolean }) {
  const { t } = useTranslation("signin");
  const idle = useIdleWords();
  const Icon = locked ? IconLock : IconInfoCircle;
  return (
    <Alert color="teal" role="status" variant="light" icon={<Icon aria-hidden size={18} stroke={1.7} />} title={t(locked ? "locked.title" : "ended.title")}>
      {locked ? t("locked.text", { idle }) : t("ended.text")}
    </Alert>
  );
}

/** "2 heures", as the server has set it. */
function useIdleWords(): string {
  const { t } = useTranslation("signin");
  const minutes = useQuery(doorQuery).data?.idle_minutes ?? 0;
  const whole = minutes > 0 && minutes % 60 === 0;
  return whole ? t("idle.hours", { count: minutes / 60 }) : t("idle.minutes", { count: minutes });
}
