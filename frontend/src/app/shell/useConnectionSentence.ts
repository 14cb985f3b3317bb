import { useTranslation } from "react-i18next";

import { hour } from "@/i18n/when";
import { useOutbox } from "@/realtime/messagesOut";
import { isUnderWay } from "@/realtime/outbox";
import { useConnection, useOnline } from "@/realtime/useConnection";
import { useNow } from "@/ui/useNow";

const SILENT_MS = 15_000;

export interface ConnectionSentence {
  tone: "good" | "waiting" | "off";
  text: string;
}

/** The connection's truth in a few words. */
export function useConnectionSentence(): ConnectionSentence {
  const { t } = useTranslation();
  const { connection, currentAt } = useConnection();
  const online = useOnline();
  const waiting = useOutbox().filter(isUnderWay).length;
  const now = useNow(5_000);
  if (!online) {
    return { tone: "off", text: waiting > 0 ? t("connection.offlineWaiting", { count: waiting }) : t("connection.offline") };
  }
  if (connection !== "open") return { tone: "waiting", text: currentAt ? t("connection.reconnecting") : t("connection.connecting") };
  if (!currentAt) return { tone: "waiting", text: t("connection.connecting") };
  const silent = now - Date.parse(currentAt) > SILENT_MS;
  const time = hour(currentAt);
  return silent ? { tone: "waiting", text: t("connection.silent", { time }) } : { tone: "good", text: t("connection.current", { time }) };
}
