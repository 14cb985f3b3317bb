import { Outlet } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { Palette } from "@/app/palette/Palette";
import { ConnectionLine } from "@/app/shell/ConnectionLine";
import { PhoneTabs } from "@/app/shell/PhoneTabs";
import { Rail } from "@/app/shell/Rail";
import { ShortcutsHelp } from "@/app/shell/ShortcutsHelp";
import { useDensity } from "@/app/shell/useDensity";
import { useShortcuts } from "@/app/shell/useShortcuts";
import { usePrintNote } from "@/features/audit/hooks/usePrintNote";
import { EmergencyNotices } from "@/features/patients/components/EmergencyNotices";
import classes from "./Shell.module.css";

/** The frame: the rail, the page, and the truth about the connection. */
export function Shell() {
  const { t } = useTranslation();
  useDensity();
  usePrintNote();
  const shortcuts = useShortcuts();
  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#page">
        {t("nav.skip")}
      </a>
      <Rail />
      <main id="page" className={classes.page} tabIndex={-1}>
        <Outlet />
      </main>
      <ConnectionLine className={classes.phoneConnection} onlyTrouble />
      <PhoneTabs />
      <Palette />
      <EmergencyNotices />
      <ShortcutsHelp opened={shortcuts.helpOpened} onClose={shortcuts.closeHelp} />
    </div>
  );
}
