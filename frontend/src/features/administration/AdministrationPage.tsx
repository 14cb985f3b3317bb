import { Tabs } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { lazy, Suspense } from "react";
import { useTranslation } from "react-i18next";

import { AccessLog } from "@/features/administration/components/AccessLog";
import { Account } from "@/features/administration/components/Account";
import { Directory } from "@/features/administration/components/Directory";
import { Roles } from "@/features/administration/components/Roles";
import { Teams } from "@/features/administration/components/Teams";
import { useParts, type Part } from "@/features/administration/hooks/useParts";
import { Page, SkeletonRows } from "@/ui";
import classes from "./AdministrationPage.module.css";

const Figures = lazy(() => import("@/features/administration/components/Figures").then((module) => ({ default: module.Figures })));

const CONTENTS: Record<Part, () => React.ReactNode> = {
  annuaire: () => <Directory />,
  equipes: () => <Teams />,
  roles: () => <Roles />,
  journal: () => <AccessLog />,
  indicateurs: () => <Figures />,
  compte: () => <Account />,
};

/** The directory for everybody, the rest by right, and one's own account. */
export function AdministrationPage() {
  const { t } = useTranslation("administration");
  const parts = useParts();
  const { volet } = useSearch({ from: "/administration" });
  const navigate = useNavigate({ from: "/administration" });
  const part = parts.find((known) => known === volet) ?? "annuaire";
  return (
    <Page title={t("title")}>
      <Tabs className={classes.page} value={part} onChange={(chosen) => void navigate({ search: { volet: chosen ?? undefined } })} keepMounted={false}>
        <Tabs.List className={classes.tabs} aria-label={t("parts")}>
          {parts.map((known) => (
            <Tabs.Tab key={known} value={known}>
              {t(`part.${known}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {parts.map((known) => (
          <Tabs.Panel key={known} value={known} className={classes.panel}>
            <Suspense fallback={<SkeletonRows />}>{CONTENTS[known]()}</Suspense>
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}
