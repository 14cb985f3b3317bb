import { useTranslation } from "react-i18next";

import { Page } from "@/ui/Page";

export function PatientsPage() {
  const { t } = useTranslation();
  return <Page title={t("nav.patients")}>{null}</Page>;
}
