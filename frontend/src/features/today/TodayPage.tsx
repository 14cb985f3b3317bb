import { useTranslation } from "react-i18next";

import { Page } from "@/ui/Page";

export function TodayPage() {
  const { t } = useTranslation();
  return <Page title={t("nav.today")}>{null}</Page>;
}
