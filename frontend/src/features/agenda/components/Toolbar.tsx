import { ActionIcon, Button, Group, SegmentedControl, Select, Text } from "@mantine/core";
import { IconChevronLeft, IconChevronRight, IconPlus, IconPrinter } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { AgendaPicker } from "@/features/agenda/components/AgendaPicker";
import type { useAgendaPlace, AgendaPlace, View } from "@/features/agenda/hooks/useAgendaPlace";
import type { useChosenAgendas } from "@/features/agenda/hooks/useChosenAgendas";
import type { Agenda } from "@/features/agenda/types";
import { mondayOf, stepDay } from "@/features/agenda/wall";
import { dayAndMonth, longDay, monthAndYear, today } from "@/features/agenda/titles";
import classes from "./Toolbar.module.css";

interface ToolbarProps {
  place: AgendaPlace;
  go: ReturnType<typeof useAgendaPlace>["go"];
  agendas: Agenda[];
  chosen: ReturnType<typeof useChosenAgendas>;
  /** Absent for those who may look but not book. */
  onNew?: () => void;
}

const VIEWS: View[] = ["jour", "semaine", "mois"];

/** What the view shows, in words. */
export function useAgendaTitle({ view, day }: AgendaPlace): string {
  const { t } = useTranslation("agenda");
  if (view === "jour") return longDay(day);
  return view === "semaine" ? t("weekOf", { date: dayAndMonth(mondayOf(day)) }) : monthAndYear(day);
}

/** Which day, which view, whose agendas. */
export function Toolbar({ place, go, agendas, chosen, onNew }: ToolbarProps) {
  const { t } = useTranslation("agenda");
  return (
    <Group gap="sm" className={classes.bar} justify="flex-end">
      <When place={place} go={go} />
      <SegmentedControl size="xs" visibleFrom="sm" aria-label={t("view")} value={place.view} data={VIEWS.map((view) => ({ value: view, label: t(view) }))} onChange={(vue) => go({ vue })} />
      <Group gap="xs" visibleFrom="sm">
        {place.view === "jour" ? (
          <AgendaPicker agendas={agendas} chosen={chosen.many} onChoose={chosen.chooseMany} />
        ) : (
          <Select size="sm" w={200} aria-label={t("agenda")} searchable allowDeselect={false} value={chosen.one ?? null} data={agendas.map(({ id, name }) => ({ value: id, label: name }))} onChange={(id) => id && chosen.chooseOne(id)} />
        )}
        <ActionIcon size="lg" variant="default" onClick={() => print()} aria-label={t("print")} title={t("print")}>
          <IconPrinter size={18} stroke={1.7} />
        </ActionIcon>
      </Group>
      {onNew && (
        <>
          <Button size="sm" visibleFrom="sm" leftSection={<IconPlus aria-hidden size={16} stroke={2} />} onClick={onNew}>
            {t("new")}
          </Button>
          <ActionIcon hiddenFrom="sm" size="lg" variant="filled" color="teal" onClick={onNew} aria-label={t("new")}>
            <IconPlus size={20} stroke={2} />
          </ActionIcon>
        </>
      )}
    </Group>
  );
}

function When({ place, go }: Pick<ToolbarProps, "place" | "go">) {
  const { t } = useTranslation("agenda");
  const title = useAgendaTitle(place);
  const step = (by: 1 | -1) => go({ jour: stepDay(place.view, place.day, by) });
  return (
    <Group gap={4} wrap="nowrap" className={classes.when}>
      <ActionIcon size="lg" onClick={() => step(-1)} aria-label={t("previous")}>
        <IconChevronLeft size={20} stroke={1.8} />
      </ActionIcon>
      <Text fw={600} className={classes.title} aria-live="polite">
        {title}
      </Text>
      <ActionIcon size="lg" onClick={() => step(1)} aria-label={t("next")}>
        <IconChevronRight size={20} stroke={1.8} />
      </ActionIcon>
      <Button size="xs" variant="default" disabled={place.day === today()} onClick={() => go({ jour: today() })}>
        {t("today")}
      </Button>
    </Group>
  );
}
