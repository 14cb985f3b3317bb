import { Anchor, Button, Group, Stack, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useTranslation } from "react-i18next";

import { CircleMembers } from "@/features/patients/components/CircleMembers";
import { ContactDialog } from "@/features/patients/components/ContactDialog";
import { FollowUp } from "@/features/patients/components/FollowUp";
import type { Patient } from "@/features/patients/types";
import { useMay } from "@/features/session/hooks/useSession";
import classes from "./CareCircle.module.css";

/** Who cares for the patient, and how to reach the patient. */
export function CareCircle({ patient }: { patient: Patient }) {
  return (
    <div className={classes.columns}>
      <FollowUp patient={patient} />
      <CircleMembers patient={patient} />
      <Stack gap="lg">
        <Contact patient={patient} />
        <Identity patient={patient} />
      </Stack>
    </div>
  );
}

function Contact({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  const mayEdit = useMay("patient.edit");
  const [editing, dialog] = useDisclosure(false);
  const consent = patient.email_consent ? t("circle.consent") : t("circle.noConsent");
  return (
    <section aria-labelledby="contact-title">
      <Group justify="space-between">
        <Title order={2} id="contact-title">
          {t("circle.contact")}
        </Title>
        {mayEdit && (
          <Button size="compact-sm" variant="light" aria-label={t("contact.edit")} onClick={dialog.open}>
            {t("contact.change")}
          </Button>
        )}
      </Group>
      <ContactDialog opened={editing} onClose={dialog.close} patient={patient} />
      <dl className={classes.facts}>
        <dt>{t("circle.phone")}</dt>
        <dd>{patient.phone ? <Anchor href={`tel:${patient.phone.replaceAll(" ", "")}`}>{patient.phone}</Anchor> : t("circle.noEmail")}</dd>
        <dt>{t("circle.email")}</dt>
        <dd>
          {patient.email || t("circle.noEmail")}
          {patient.email && (
            <Text size="xs" c="dimmed">
              {consent}
            </Text>
          )}
        </dd>
        <dt>{t("circle.city")}</dt>
        <dd>{[patient.postcode, patient.city].filter(Boolean).join(" ") || t("circle.noEmail")}</dd>
      </dl>
    </section>
  );
}

function Identity({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  return (
    <section aria-labelledby="identity-title">
      <Title order={2} id="identity-title">
        {t("circle.identity")}
      </Title>
      <dl className={classes.facts}>
        <dt>{t("circle.birthName")}</dt>
        <dd>{patient.birth_name}</dd>
        <dt>{t("circle.givenNames")}</dt>
        <dd>{patient.given_names}</dd>
        {patient.used_name && (
          <>
            <dt>{t("circle.usedName")}</dt>
            <dd>{patient.used_name}</dd>
          </>
        )}
      </dl>
      {patient.record_links.length > 0 && (
        <Stack gap={2} mt="sm">
          <Text size="xs" c="dimmed">
            {t("circle.links")}
          </Text>
          {patient.record_links.map((link) => (
            <Anchor key={link.id} href={link.url} target="_blank" rel="noreferrer">
              {link.system}
            </Anchor>
          ))}
        </Stack>
      )}
    </section>
  );
}
