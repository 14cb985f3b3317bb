import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { EmptyState } from "@/ui/EmptyState";

export function NotFound() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  return (
    <EmptyState action={{ label: t("state.toToday"), onClick: () => void navigate({ to: "/aujourdhui" }) }}>{t("state.notFound")}</EmptyState>
  );
}
