import { Drawer, Stack } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDots, IconSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { openPalette } from "@/app/palette/open";
import { AccountMenu } from "@/app/shell/AccountMenu";
import { ConnectionLine } from "@/app/shell/ConnectionLine";
import { PageLink } from "@/app/shell/PageLink";
import { useBadges } from "@/app/shell/useBadges";
import { usePages } from "@/app/shell/usePages";
import classes from "./PhoneTabs.module.css";

/** The pages at the bottom of a phone; what is rarer waits behind "Plus". */
export function PhoneTabs() {
  const { t } = useTranslation();
  const badges = useBadges();
  const pages = usePages();
  const [opened, more] = useDisclosure(false);
  const search = () => {
    more.close();
    openPalette();
  };
  return (
    <nav className={`${classes.tabs} no-print`} aria-label={t("nav.main")}>
      {pages.filter((page) => page.onPhone).map((page) => (
        <PageLink key={page.name} page={page} badge={badges[page.name]} />
      ))}
      <button type="button" className={classes.more} onClick={more.open} aria-haspopup="dialog">
        <IconDots aria-hidden size={21} stroke={1.7} />
        <span>{t("nav.more")}</span>
      </button>
      <Drawer opened={opened} onClose={more.close} position="bottom" size={300} title={t("nav.more")}>
        <Stack gap="xs">
          <button type="button" className={classes.line} onClick={search}>
            <IconSearch aria-hidden size={20} stroke={1.7} />
            {t("palette.open")}
          </button>
          <div className={classes.others}>
            {pages.filter((page) => !page.onPhone).map((page) => (
              <PageLink key={page.name} page={page} onClick={more.close} />
            ))}
          </div>
          <ConnectionLine />
          <AccountMenu named onGone={more.close} />
        </Stack>
      </Drawer>
    </nav>
  );
}
