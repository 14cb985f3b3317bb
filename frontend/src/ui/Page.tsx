import { Group, Title } from "@mantine/core";
import type { ReactNode } from "react";

import classes from "./Page.module.css";

interface PageProps {
  title: string;
  /** At the right of the title: the page's own acts. */
  actions?: ReactNode;
  children: ReactNode;
}

/** A page's frame: its title, its acts, and its own scroll. */
export function Page({ title, actions, children }: PageProps) {
  return (
    <div className={classes.page}>
      <Group component="header" className={classes.header} justify="space-between" wrap="wrap" gap="sm">
        <Title order={1}>{title}</Title>
        {actions}
      </Group>
      <div className={classes.body}>{children}</div>
    </div>
  );
}

interface PanesProps {
  /** The list, about 320 px; alone on a phone until something is chosen. */
  list: ReactNode;
  /** The work area. */
  children: ReactNode;
  chosen: boolean;
  label: string;
}

/** A list beside the work area; on a phone, one pane at a time. */
export function Panes({ list, children, chosen, label }: PanesProps) {
  return (
    <div className={classes.panes} data-chosen={chosen || undefined}>
      <nav className={classes.list} aria-label={label}>
        {list}
      </nav>
      <div className={classes.work}>{children}</div>
    </div>
  );
}
