import { Button, MultiSelect, NumberInput, Select, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconClockSearch } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { SidePanel } from "@/features/agenda/components/SidePanel";
import { readHour, useBooking, type BookingDraft } from "@/features/agenda/hooks/useBooking";
import type { Agenda, Appointment, AppointmentType } from "@/features/agenda/types";
import { PatientPicker } from "@/features/tasks/components/PatientPicker";
import { PatientBanner } from "@/ui";
import { DayField } from "@/ui/DayField";
import classes from "./BookingPanel.module.css";

interface BookingPanelProps {
  draft: BookingDraft;
  onDraft: (change: Partial<BookingDraft>) => void;
  agendas: Agenda[];
  types: AppointmentType[];
  /** The title of the task the booking is for. */
  taskTitle: string | undefined;
  onBooked: (appointment: Appointment) => void;
  onSee: (appointment: Appointment) => void;
  onClose: () => void;
}

const options = (items: { id: string; name: string }[]) => items.map(({ id, name }) => ({ value: id, label: name }));

/** Books an appointment, or moves one: who, why, with whom, where, when. */
export function BookingPanel({ draft, onDraft, agendas, types, taskTitle, onBooked, onSee, onClose }: BookingPanelProps) {
  const { t } = useTranslation("agenda");
  const { faults, refusal, busy, set, chooseType, submit, findFree } = useBooking({ draft, onDraft, types, onBooked });
  const { moving } = draft;
  return (
    <SidePanel title={t(moving ? "booking.moveTitle" : "booking.title")} onClose={onClose} banner={draft.patient && <PatientBanner patient={draft.patient} />}>
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          submit();
        }}
      >
        <Stack gap="sm">
          {taskTitle && (
            <Text size="xs" c="dimmed">
              {t("booking.fromTask", { title: taskTitle })}
            </Text>
          )}
          {!moving && <PatientPicker label={t("booking.patient")} value={draft.patient} error={faults.patient} onChange={(patient) => set({ patient })} />}
          {!moving && <Select label={t("booking.type")} data={options(types)} value={draft.type} error={faults.type} searchable clearable onChange={chooseType} />}
          <Select
            label={t("booking.with")}
            placeholder={t("booking.withHint")}
            data={options(agendas.filter(({ kind }) => kind === "person"))}
            value={draft.person}
            error={faults.agendas}
            searchable
            clearable
            onChange={(person) => set({ person })}
          />
          <MultiSelect
            label={t("booking.place")}
            placeholder={draft.places.length > 0 ? undefined : t("booking.placeHint")}
            data={options(agendas.filter(({ kind }) => kind !== "person"))}
            value={draft.places}
            onChange={(places) => set({ places })}
          />
          <div className={classes.when}>
            <DayField label={t("booking.day")} value={draft.day} error={faults.day} onChange={(day) => set({ day })} />
            <TextInput
              label={t("booking.start")}
              inputMode="numeric"
              placeholder="14:05"
              value={draft.start}
              error={faults.local_start}
              onChange={(event) => set({ start: event.currentTarget.value })}
              onBlur={() => onDraft({ start: readHour(draft.start) })}
            />
            <NumberInput
              label={t("booking.minutes")}
              min={5}
              suffix=" min"
              max={720}
              step={5}
              value={draft.minutes}
              error={faults.minutes}
              onChange={(minutes) => set({ minutes: Number(minutes) || 0 })}
            />
          </div>
          <Button variant="default" leftSection={<IconClockSearch aria-hidden size={16} stroke={1.8} />} loading={busy === "search"} onClick={findFree}>
            {t("booking.firstFree")}
          </Button>
          <Textarea label={t("booking.note")} autosize minRows={2} maxRows={5} maxLength={300} value={draft.note} error={faults.note} onChange={(event) => set({ note: event.currentTarget.value })} />
          {refusal && (
            <Stack role="alert" gap={6} align="flex-start">
              <Text c="var(--urgent)">{refusal.sentence}</Text>
              {refusal.blocking && (
                <Button size="compact-sm" variant="light" onClick={() => refusal.blocking && onSee(refusal.blocking)}>
                  {t("seeBlocking")}
                </Button>
              )}
            </Stack>
          )}
          <Button type="submit" loading={busy === "book"}>
            {t(moving ? "booking.moveSubmit" : "booking.submit")}
          </Button>
        </Stack>
      </form>
    </SidePanel>
  );
}
