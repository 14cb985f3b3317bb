import { ActionIcon, Group, Title } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useEffect, useRef, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import classes from "./SidePanel.module.css";

interface SidePanelProps {
  title: string;
  onClose: () => void;
  /** About whom: stays on top. */
  banner?: ReactNode;
  children: ReactNode;
}

/** A panel beside the calendar, so that the calendar stays in sight; Escape closes it. On a phone it takes the screen. */
export function SidePanel({ title, onClose, banner, children }: SidePanelProps) {
  const { t } = useTranslation("agenda");
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => heading.current?.focus(), []);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Escape" && !event.defaultPrevented) onClose();
  };
  return (
    // The panel listens for Escape wherever the focus is inside it.
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions
    <aside className={classes.panel} aria-label={title} onKeyDown={onKeyDown}>
      {banner}
      <div className={classes.body}>
        <Group justify="space-between" wrap="nowrap" mb="md">
          <Title order={2} ref={heading} tabIndex={-1} className={classes.title}>
            {title}
          </Title>
          <ActionIcon onClick={onClose} aria-label={t("booking.close")}>
            <IconX size={18} stroke={1.8} />
          </ActionIcon>
        </Group>
        {children}
      </div>
    </aside>
  );
}
