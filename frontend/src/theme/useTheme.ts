import { mergeThemeOverrides, type MantineThemeOverride } from "@mantine/core";
import { useMemo } from "react";
import { useTranslation } from "react-i18next";

import { theme } from "@/theme/theme";

/** The theme in this person's language: every cross that closes something says so to those who do not see it. */
export function useTheme(): MantineThemeOverride {
  const { t } = useTranslation();
  const close = t("act.close");
  return useMemo(() => {
    const named = { defaultProps: { closeButtonProps: { "aria-label": close } } };
    return mergeThemeOverrides(theme, { components: { Modal: named, Drawer: named, Notification: named } });
  }, [close]);
}
