import { Button, Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import type { Role } from "@/features/administration/api/roles";
import classes from "./UnsavedBar.module.css";

interface UnsavedBarProps {
  count: number;
  roles: Role[];
  onReview: () => void;
  onGiveUp: () => void;
}

/** Says that nothing is saved yet, and leads to what saving will change. */
export function UnsavedBar({ count, roles, onReview, onGiveUp }: UnsavedBarProps) {
  const { t } = useTranslation("administration");
  return (
    <section className={classes.bar} aria-label={t("roles.unsavedTitle")}>
      <IconPencil aria-hidden size={18} stroke={1.8} />
      <Text role="status" className={classes.words}>
        {t("roles.unsaved", { count, roles: roles.map(({ name }) => name).join(", ") })}
      </Text>
      <div className={classes.acts}>
        <Button variant="subtle" color="gray" onClick={onGiveUp}>
          {t("roles.giveUp")}
        </Button>
        <Button onClick={onReview}>{t("roles.review")}</Button>
      </div>
    </section>
  );
}
