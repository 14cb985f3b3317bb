import { Button, Checkbox, Stack, Text, TextInput, Title } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { transferPreviewQuery, type Place, type TransferPreview } from "@/features/patients/api/transfer";
import { DialogForm } from "@/features/patients/components/DialogForm";
import { useTransfer } from "@/features/patients/hooks/useTransfer";
import type { Patient } from "@/features/patients/types";
import { ErrorState, SkeletonRows } from "@/ui";
import classes from "./TransferDialog.module.css";

interface TransferFormProps {
  patient: Patient;
  to: Place;
  onBack: () => void;
  onClose: () => void;
}

/** What a transfer will move, before it does; whoever should stay is kept by a tick. */
export function TransferForm({ patient, to, onBack, onClose }: TransferFormProps) {
  const { t } = useTranslation("patients");
  const preview = useQuery(transferPreviewQuery(patient.id, patient.circle.circle, to.id));
  const { keep, toggle, why, setWhy, busy, faults, failure, submit } = useTransfer(patient, to, onClose);
  if (preview.isPending) return <SkeletonRows rows={6} />;
  if (preview.isError) return <ErrorState error={preview.error} onRetry={() => void preview.refetch()} />;
  return (
    <DialogForm onSubmit={submit} onClose={onClose} submit={t("transfer.submit", { to: to.name })} busy={busy} failure={failure}>
      <div>
        <Button size="compact-sm" variant="subtle" color="gray" leftSection={<IconArrowLeft aria-hidden size={16} />} onClick={onBack}>
          {t("transfer.another")}
        </Button>
        <Title order={3} mt="xs">
          {t("transfer.to", { to: to.name })}
        </Title>
      </div>
      <Leaving preview={preview.data} keep={keep} onToggle={toggle} />
      <Joining preview={preview.data} />
      <Tasks preview={preview.data} />
      <TextInput label={t("circle.why")} maxLength={300} value={why} error={faults.why} onChange={(event) => setWhy(event.currentTarget.value)} />
      <Text size="sm" c="dimmed">
        {t("transfer.history")}
      </Text>
    </DialogForm>
  );
}

interface LeavingProps {
  preview: TransferPreview;
  keep: ReadonlySet<string>;
  onToggle: (member: string) => void;
}

function Leaving({ preview, keep, onToggle }: LeavingProps) {
  const { t } = useTranslation("patients");
  if (preview.leaving.length === 0) return <Text>{t("transfer.nobodyLeaves")}</Text>;
  return (
    <section className={classes.part} aria-labelledby="leaving-title">
      <Title order={4} id="leaving-title">
        {t("transfer.leaving")}
      </Title>
      <Text size="sm" c="dimmed" mb="xs">
        {t("transfer.leavingHelp")}
      </Text>
      <Stack gap={6}>
        {preview.leaving.map((member) => (
          <Checkbox
            key={member.id}
            label={[member.person?.name ?? member.team?.name, member.role_label].filter(Boolean).join(" · ")}
            checked={!keep.has(member.id)}
            onChange={() => onToggle(member.id)}
          />
        ))}
      </Stack>
    </section>
  );
}

function Joining({ preview }: { preview: TransferPreview }) {
  const { t } = useTranslation("patients");
  if (preview.joining.length === 0) return null;
  return (
    <section className={classes.part} aria-labelledby="joining-title">
      <Title order={4} id="joining-title">
        {t("transfer.joining")}
      </Title>
      <Text>{preview.joining.map(({ name }) => name).join(", ")}</Text>
    </section>
  );
}

function Tasks({ preview }: { preview: TransferPreview }) {
  const { t } = useTranslation("patients");
  if (preview.tasks.length === 0) return <Text>{t("transfer.noTask")}</Text>;
  return (
    <section className={classes.part} aria-labelledby="tasks-title">
      <Title order={4} id="tasks-title">
        {t("transfer.tasks", { count: preview.tasks.length })}
      </Title>
      <ul className={classes.list}>
        {preview.tasks.map((task) => (
          <li key={task.id} className={classes.task}>
            <span>{task.title}</span>
            <span className={classes.move}>{t("transfer.move", { from: task.from, to: task.to })}</span>
          </li>
        ))}
      </ul>
    </section>
  );
}
