import { useTranslation } from "react-i18next";

import { Page } from "@/ui/Page";

export function AgendaPage() {
  const { t } = useTranslation();
  return <Page title={t("nav.agenda")}>{null}</Page>;
}
