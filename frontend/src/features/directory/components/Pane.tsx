import { ActionIcon } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { searchFor, type List } from "@/features/directory/places";
import classes from "./Pane.module.css";

interface PaneProps {
  /** The list that a phone goes back to. */
  from: List;
  head: ReactNode;
  children?: ReactNode;
}

/** The work area of the directory: who or what it is, then all about it. */
export function Pane({ from, head, children }: PaneProps) {
  const { t } = useTranslation("directory");
  return (
    <>
      <header className={classes.head}>
        <ActionIcon
          size={40}
          className={classes.back}
          aria-label={t("back")}
          renderRoot={(props) => <Link to="/annuaire/{-$id}" params={{ id: undefined }} search={searchFor(from)} {...props} />}
        >
          <IconArrowLeft size={20} stroke={1.7} />
        </ActionIcon>
        {head}
      </header>
      <div className={classes.body}>{children}</div>
    </>
  );
}
