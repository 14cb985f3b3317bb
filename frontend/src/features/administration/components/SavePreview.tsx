import { Alert, Button, Group, Modal, Stack, Text, Title } from "@mantine/core";
import { useQueries } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { previewRole, type Role } from "@/features/administration/api/roles";
import type { Matrix, Outcome } from "@/features/administration/hooks/useMatrix";
import { rightsAfter } from "@/features/administration/matrix/draft";
import { sayDone, SkeletonRows, useSentence } from "@/ui";
import classes from "./Block.module.css";

interface SavePreviewProps {
  opened: boolean;
  onClose: () => void;
  matrix: Matrix;
}

/** Before anything is saved: what will change, in sentences, and for how many people. */
export function SavePreview({ opened, onClose, matrix }: SavePreviewProps) {
  const { t } = useTranslation("administration");
  return (
    <Modal opened={opened} onClose={onClose} size="lg" title={t("roles.previewTitle")}>
      <Preview matrix={matrix} onClose={onClose} />
    </Modal>
  );
}

function Preview({ matrix, onClose }: { matrix: Matrix; onClose: () => void }) {
  const { t } = useTranslation("administration");
  const { t: common } = useTranslation();
  const sentence = useSentence();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Extract<Outcome, { kind: "refused" }> | null>(null);
  const previews = usePreviews(matrix);
  const ready = previews.every(({ data }) => data !== undefined);
  const save = async () => {
    setBusy(true);
    const outcome = await matrix.save();
    setBusy(false);
    setRefused(outcome.kind === "refused" ? outcome : null);
    if (outcome.kind === "saved") sayDone(t("roles.saved"));
    if (outcome.kind !== "refused") onClose();
  };
  return (
    <Stack gap="lg">
      {matrix.changed.map((role, index) => (
        <RolePreviewed key={role.id} role={role} changes={previews[index]?.data?.changes} people={previews[index]?.data?.people ?? role.people} error={previews[index]?.error} />
      ))}
      {refused && (
        <Alert role="alert" color="red" variant="light">
          {refused.role.name} : {sentence(refused.error)}
        </Alert>
      )}
      <Text size="sm" c="dimmed">
        {t("roles.atOnce")}
      </Text>
      <Group justify="flex-end">
        <Button variant="default" onClick={onClose}>
          {common("act.back")}
        </Button>
        <Button disabled={!ready} loading={busy} onClick={() => void save()}>
          {common("act.save")}
        </Button>
      </Group>
    </Stack>
  );
}

/** What each changed role would become, asked of the server that will have to say yes. */
function usePreviews({ changed, draft }: Matrix) {
  return useQueries({
    queries: changed.map((role) => {
      const fields = { name: role.name, rights: rightsAfter(draft, role).sort(), version: role.version };
      return { queryKey: ["roles", role.id, "preview", fields], queryFn: () => previewRole(role.id, fields), staleTime: 0, gcTime: 0 };
    }),
  });
}

interface RolePreviewedProps {
  role: Role;
  changes: string[] | undefined;
  people: number;
  error: unknown;
}

function RolePreviewed({ role, changes, people, error }: RolePreviewedProps) {
  const { t } = useTranslation("administration");
  const sentence = useSentence();
  return (
    <section aria-label={role.name}>
      <Group justify="space-between">
        <Title order={3}>{role.name}</Title>
        <Text size="xs" c="dimmed">
          {t("roles.concerns", { count: people })}
        </Text>
      </Group>
      {error ? (
        <Text role="alert" c="var(--urgent)">
          {sentence(error)}
        </Text>
      ) : changes ? (
        <ul className={classes.rights}>
          {changes.map((change) => (
            <li key={change}>{change}</li>
          ))}
        </ul>
      ) : (
        <SkeletonRows rows={1} />
      )}
    </section>
  );
}
