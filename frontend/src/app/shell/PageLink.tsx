import { VisuallyHidden } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import type { PAGES } from "@/app/shell/pages";
import type { Badge } from "@/app/shell/useBadges";
import classes from "./PageLink.module.css";

interface PageLinkProps {
  page: (typeof PAGES)[number];
  badge?: Badge;
  onClick?: () => void;
}

/** A page of the rail or of the phone's tabs, with its exact figure. */
export function PageLink({ page, badge, onClick }: PageLinkProps) {
  const { t } = useTranslation();
  return (
    <Link to={page.to} params={{ id: undefined }} className={classes.link} activeOptions={{ exact: false, includeSearch: false }} onClick={onClick}>
      <span className={classes.icon}>
        <page.Icon aria-hidden size={21} stroke={1.7} />
        {badge && badge.count > 0 && (
          <span className={classes.badge} aria-hidden data-testid={`badge-${page.name}`}>
            {badge.count}
          </span>
        )}
      </span>
      <span className={classes.label}>{t(`nav.${page.name}`)}</span>
      {badge && badge.count > 0 && <VisuallyHidden>({badge.label})</VisuallyHidden>}
    </Link>
  );
}
