import { Button, Text } from "@mantine/core";
import { useDisclosure, useMediaQuery } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useBlocker } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { rightsQuery, rolesQuery, type RightGroup, type Role } from "@/features/administration/api/roles";
import { LeaveQuestion } from "@/features/administration/components/LeaveQuestion";
import { Overtaken } from "@/features/administration/components/Overtaken";
import { RightsMatrix } from "@/features/administration/components/RightsMatrix";
import { RoleDialog } from "@/features/administration/components/RoleDialog";
import { RoleHistory } from "@/features/administration/components/RoleHistory";
import { RoleSheet } from "@/features/administration/components/RoleSheet";
import { SavePreview } from "@/features/administration/components/SavePreview";
import { UnsavedBar } from "@/features/administration/components/UnsavedBar";
import { useMatrix } from "@/features/administration/hooks/useMatrix";
import { countPending } from "@/features/administration/matrix/draft";
import { ErrorState, SkeletonRows } from "@/ui";
import classes from "./Roles.module.css";

const ASK_AGAIN_MS = 20_000;

/** What each role lets a person do: every right in words, every role in a column. */
export function Roles() {
  const rights = useQuery(rightsQuery);
  const roles = useQuery({ ...rolesQuery, refetchInterval: ASK_AGAIN_MS });
  const error = rights.error ?? roles.error;
  const again = () => void Promise.all([rights.refetch(), roles.refetch()]);
  if (rights.data && roles.data) return <Matrix groups={rights.data.groups} roles={roles.data.items} />;
  return error ? <ErrorState error={error} onRetry={again} /> : <SkeletonRows rows={10} />;
}

function Matrix({ groups, roles }: { groups: RightGroup[]; roles: Role[] }) {
  const { t } = useTranslation("administration");
  const phone = useMediaQuery("(max-width: 48em)", false, { getInitialValueInEffect: false });
  const matrix = useMatrix(roles);
  const [previewing, preview] = useDisclosure(false);
  const [creating, creation] = useDisclosure(false);
  const [told, setTold] = useState<string | null>(null);
  const [renamed, setRenamed] = useState<string | null>(null);
  const find = (id: string | null) => roles.find((role) => role.id === id);
  const unsaved = matrix.changed.length > 0;
  const leaving = useBlocker({ shouldBlockFn: () => unsaved, enableBeforeUnload: unsaved, withResolver: true });
  const closeDialog = () => {
    creation.close();
    setRenamed(null);
  };
  const acts = { onHistory: setTold, onRename: setRenamed };
  return (
    <div className={classes.page}>
      <div className={classes.lead}>
        <Text c="dimmed">{t("roles.lead")}</Text>
        <Button variant="default" flex="none" leftSection={<IconPlus aria-hidden size={16} stroke={1.8} />} onClick={creation.open}>
          {t("roles.create")}
        </Button>
      </div>
      {matrix.overtaken.map((role) => (
        <Overtaken key={role.id} role={role} since={matrix.draft.read[role.id] ?? role.version} onRead={() => matrix.acknowledge(role)} />
      ))}
      {phone ? <RoleSheet groups={groups} roles={roles} matrix={matrix} {...acts} /> : <RightsMatrix groups={groups} roles={roles} matrix={matrix} {...acts} />}
      {unsaved && <UnsavedBar count={countPending(matrix.draft, roles)} roles={matrix.changed} onReview={preview.open} onGiveUp={matrix.giveUp} />}
      <SavePreview opened={previewing} onClose={preview.close} matrix={matrix} />
      <RoleHistory role={find(told)} onClose={() => setTold(null)} />
      <RoleDialog opened={creating || renamed !== null} role={find(renamed)} roles={roles} onClose={closeDialog} />
      <LeaveQuestion opened={leaving.status === "blocked"} onStay={leaving.reset} onLeave={leaving.proceed} />
    </div>
  );
}
