import { useTranslation } from "react-i18next";

import { Page } from "@/ui/Page";

export function ProtocolsPage() {
  const { t } = useTranslation();
  return <Page title={t("nav.protocols")}>{null}</Page>;
}
