import { useTranslation } from "react-i18next";

import { Page } from "@/ui/Page";

export function MessagesPage() {
  const { t } = useTranslation();
  return <Page title={t("nav.messages")}>{null}</Page>;
}
