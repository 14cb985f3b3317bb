import { Button, Checkbox, Group, Popover, Stack, Text } from "@mantine/core";
import { IconChevronDown } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";
import type { CSSProperties } from "react";

import type { Agenda } from "@/features/agenda/types";
import classes from "./AgendaPicker.module.css";

interface AgendaPickerProps {
  agendas: Agenda[];
  chosen: string[];
  onChoose: (ids: string[]) => void;
}

const KINDS = ["person", "room", "equipment"] as const;

/** Which columns stand side by side. */
export function AgendaPicker({ agendas, chosen, onChoose }: AgendaPickerProps) {
  const { t } = useTranslation("agenda");
  return (
    <Popover position="bottom-end" width={300} trapFocus shadow="md">
      <Popover.Target>
        <Button size="sm" variant="default" rightSection={<IconChevronDown aria-hidden size={15} />}>
          {t("choose", { count: chosen.length })}
        </Button>
      </Popover.Target>
      <Popover.Dropdown className={classes.dropdown}>
        <Checkbox.Group value={chosen} onChange={(ids) => ids.length > 0 && onChoose(ids)} aria-label={t("agendas")}>
          <Stack gap="md">
            {KINDS.map((kind) => (
              <Kind key={kind} kind={kind} agendas={agendas.filter((agenda) => agenda.kind === kind)} chosen={chosen} onChoose={onChoose} />
            ))}
          </Stack>
        </Checkbox.Group>
      </Popover.Dropdown>
    </Popover>
  );
}

function Kind({ kind, agendas, chosen, onChoose }: AgendaPickerProps & { kind: (typeof KINDS)[number] }) {
  const { t } = useTranslation("agenda");
  if (agendas.length === 0) return null;
  const ids = agendas.map((agenda) => agenda.id);
  const others = chosen.filter((id) => !ids.includes(id));
  const all = ids.every((id) => chosen.includes(id));
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Text size="xs" fw={600} c="dimmed">
          {t(`kind.${kind}`)}
        </Text>
        <Button size="compact-xs" variant="subtle" disabled={all && others.length === 0} onClick={() => onChoose(all ? others : [...others, ...ids])}>
          {t(all ? "noneOf" : "everyone")}
        </Button>
      </Group>
      <Stack gap={6}>
        {agendas.map((agenda) => (
          <Checkbox
            key={agenda.id}
            value={agenda.id}
            label={
              <span className={classes.agenda} style={{ "--agenda": agenda.colour } as CSSProperties}>
                {agenda.name}
              </span>
            }
          />
        ))}
      </Stack>
    </div>
  );
}
