import { ActionIcon, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link, useSearch } from "@tanstack/react-router";
import { lazy, Suspense, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Absences } from "@/features/administration/components/Absences";
import { Institution } from "@/features/administration/components/Institution";
import { PartNav } from "@/features/administration/components/PartNav";
import { People } from "@/features/administration/components/People";
import { Roles } from "@/features/administration/components/Roles";
import { ServiceAccounts } from "@/features/administration/components/ServiceAccounts";
import { Structures } from "@/features/administration/components/Structures";
import { Teams } from "@/features/administration/components/Teams";
import { useParts, type Part } from "@/features/administration/hooks/useParts";
import { AccessSearch } from "@/features/audit/components/AccessSearch";
import { EmptyState, SkeletonRows } from "@/ui";
import classes from "./AdministrationPage.module.css";

const Figures = lazy(() => import("@/features/administration/components/Figures").then((module) => ({ default: module.Figures })));

const CONTENTS: Partial<Record<Part, () => ReactNode>> = {
  personnes: () => <People />,
  absences: () => <Absences />,
  equipes: () => <Teams />,
  structures: () => <Structures />,
  roles: () => <Roles />,
  comptes: () => <ServiceAccounts />,
  etablissement: () => <Institution />,
  journal: () => <AccessSearch />,
  indicateurs: () => <Figures />,
};

/** What keeps the centre in order: its people, what they may do, and what was done; each part by its right. */
export function AdministrationPage() {
  const { t } = useTranslation("administration");
  const parts = useParts();
  const { volet } = useSearch({ from: "/administration" });
  const asked = parts.find((known) => known === volet);
  const part = asked ?? parts[0];
  if (!part) return <Closed />;
  return (
    <div className={classes.page} data-chosen={asked !== undefined || undefined}>
      <PartNav chosen={part} />
      <div className={classes.work}>
        <header className={classes.head}>
          <BackToParts />
          <Title order={2}>{t(`part.${part}`)}</Title>
        </header>
        <div className={classes.body}>
          <Suspense fallback={<SkeletonRows />}>{CONTENTS[part]?.()}</Suspense>
        </div>
      </div>
    </div>
  );
}

function Closed() {
  const { t } = useTranslation("administration");
  return (
    <div className={classes.closed}>
      <Title order={1}>{t("title")}</Title>
      <EmptyState>{t("closed")}</EmptyState>
    </div>
  );
}

function BackToParts() {
  const { t } = useTranslation("administration");
  return (
    <ActionIcon size={40} className={classes.back} aria-label={t("back")} renderRoot={(props) => <Link to="/administration" search={{}} {...props} />}>
      <IconArrowLeft size={20} stroke={1.7} />
    </ActionIcon>
  );
}
