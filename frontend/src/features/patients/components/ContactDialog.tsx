import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { useContactDraft } from "@/features/patients/hooks/useContactDraft";
import type { Patient } from "@/features/patients/types";

interface ContactDialogProps {
  opened: boolean;
  onClose: () => void;
  patient: Patient;
}

/** Corrects how a patient is reached, and whether mails may be sent. */
export function ContactDialog({ opened, onClose, patient }: ContactDialogProps) {
  const { t } = useTranslation("patients");
  return (
    <Modal opened={opened} onClose={onClose} title={t("contact.title", { name: patient.name })}>
      <ContactForm patient={patient} onClose={onClose} />
    </Modal>
  );
}

function ContactForm({ patient, onClose }: Omit<ContactDialogProps, "opened">) {
  const { t } = useTranslation("patients");
  const { t: common } = useTranslation();
  const { draft, set, faults, failure, busy, submit } = useContactDraft(patient, onClose);
  const field = (name: "phone" | "email" | "postcode" | "city") => ({
    value: draft[name],
    error: faults[name],
    onChange: (event: { currentTarget: HTMLInputElement }) => set({ [name]: event.currentTarget.value }),
  });
  return (
    <form onSubmit={submit} noValidate>
      <Stack gap="md">
        <TextInput data-autofocus type="tel" label={t("new.phone")} {...field("phone")} />
        <TextInput type="email" label={t("new.email")} {...field("email")} />
        <Checkbox
          label={t("new.emailConsent")}
          disabled={!draft.email.trim()}
          checked={draft.email_consent && draft.email.trim() !== ""}
          onChange={(event) => set({ email_consent: event.currentTarget.checked })}
        />
        <Group grow align="flex-start">
          <TextInput inputMode="numeric" label={t("new.postcode")} {...field("postcode")} />
          <TextInput label={t("new.city")} {...field("city")} />
        </Group>
        {failure && (
          <Text role="alert" c="var(--urgent)">
            {failure}
          </Text>
        )}
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {common("act.cancel")}
          </Button>
          <Button type="submit" loading={busy}>
            {common("act.save")}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
