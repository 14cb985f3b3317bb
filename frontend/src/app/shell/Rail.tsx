import { ActionIcon, Tooltip } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { openPalette } from "@/app/palette/open";
import { AccountMenu } from "@/app/shell/AccountMenu";
import { ConnectionLine } from "@/app/shell/ConnectionLine";
import { PageLink } from "@/app/shell/PageLink";
import { useBadges } from "@/app/shell/useBadges";
import { usePages } from "@/app/shell/usePages";
import classes from "./Rail.module.css";

/** The narrow column of pages on a desktop. */
export function Rail() {
  const { t } = useTranslation();
  const badges = useBadges();
  const pages = usePages();
  return (
    <div className={`${classes.rail} no-print`}>
      <Tooltip label={`${t("palette.open")} (Ctrl K)`} position="right">
        <ActionIcon size={40} aria-label={t("palette.open")} onClick={openPalette} className={classes.search}>
          <IconSearch size={20} stroke={1.7} />
        </ActionIcon>
      </Tooltip>
      <nav className={classes.pages} aria-label={t("nav.main")}>
        {pages.map((page) => (
          <PageLink key={page.name} page={page} badge={badges[page.name]} />
        ))}
      </nav>
      <div className={classes.foot}>
        <ConnectionLine stacked />
        <AccountMenu />
      </div>
    </div>
  );
}
