import { useTranslation } from "react-i18next";

import { Page } from "@/ui/Page";

export function AdministrationPage() {
  const { t } = useTranslation();
  return <Page title={t("nav.administration")}>{null}</Page>;
}
