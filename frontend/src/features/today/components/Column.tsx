import { VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";

import { useArrowKeys } from "@/ui";
import classes from "./Column.module.css";

interface ColumnProps {
  name: string;
  title: string;
  /** How many lines wait here, once it is known. */
  count?: number | undefined;
  /** The count in words, for those who hear the page. */
  counted?: string | undefined;
  children: ReactNode;
}

/** One of the three questions of the day; arrows move between its lines. */
export function Column({ name, title, count, counted, children }: ColumnProps) {
  const onKeyDown = useArrowKeys();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the lines inside are what has the focus
    <section className={classes.column} aria-labelledby={`today-${name}`} onKeyDown={onKeyDown}>
      <h2 id={`today-${name}`} className={classes.title}>
        {title}
        {!!count && (
          <span className={classes.count}>
            <span aria-hidden>{count}</span>
            {counted && <VisuallyHidden>{counted}</VisuallyHidden>}
          </span>
        )}
      </h2>
      {children}
    </section>
  );
}

interface PartProps {
  name: string;
  title: string;
  count?: number;
  tone?: "urgent" | "late" | undefined;
  children: ReactNode;
}

/** Lines of one kind, under their name. */
export function Part({ name, title, count, tone, children }: PartProps) {
  return (
    <section aria-labelledby={`today-part-${name}`}>
      <h3 id={`today-part-${name}`} className={classes.part} data-tone={tone}>
        {title} {count !== undefined && <span className={classes.partCount}>{count}</span>}
      </h3>
      <ul className={classes.list}>{children}</ul>
    </section>
  );
}
