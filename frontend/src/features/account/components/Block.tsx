import { Group, Text, Title } from "@mantine/core";
import { useId, type ReactNode } from "react";

import classes from "./Block.module.css";

interface BlockProps {
  title: string;
  lead?: string;
  /** At the right of the title. */
  action?: ReactNode;
  children?: ReactNode;
}

/** One matter of the account: its title, a sentence, and what belongs to it. */
export function Block({ title, lead, action, children }: BlockProps) {
  const id = useId();
  return (
    <section className={classes.block} aria-labelledby={id}>
      <Group justify="space-between" align="center" gap="sm">
        <Title order={2} id={id}>
          {title}
        </Title>
        {action}
      </Group>
      {lead && (
        <Text c="dimmed" mt={4} maw={620}>
          {lead}
        </Text>
      )}
      {children}
    </section>
  );
}

interface LineProps {
  icon?: ReactNode;
  title: ReactNode;
  detail?: ReactNode;
  acts?: ReactNode;
}

export const Lines = ({ children, label }: { children: ReactNode; label: string }) => (
  <ul className={classes.lines} aria-label={label}>
    {children}
  </ul>
);

/** One thing of a list: what it is, when it was used, what may be done with it. */
export function Line({ icon, title, detail, acts }: LineProps) {
  return (
    <li className={classes.line}>
      {icon && <span className={classes.icon}>{icon}</span>}
      <div className={classes.words}>
        <Text fw={550}>{title}</Text>
        {detail && (
          <Text component="div" size="xs" c="dimmed">
            {detail}
          </Text>
        )}
      </div>
      {acts && <div className={classes.acts}>{acts}</div>}
    </li>
  );
}
