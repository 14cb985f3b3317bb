import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useState } from "react";

import { ApiError } from "@/api/errors";
import { rolesQuery, saveRole, type Role } from "@/features/administration/api/roles";
import { acknowledge, changedRoles, forget, NO_DRAFT, overtaken, rightsAfter, toggle, type Draft } from "@/features/administration/matrix/draft";

/** How saving ended: all done, somebody else was faster, or a refusal. */
export type Outcome = { kind: "saved" } | { kind: "overtaken" } | { kind: "refused"; role: Role; error: unknown };

/** The draft of the matrix, its comparison with what the server holds, and its saving role by role. */
export function useMatrix(roles: Role[]) {
  const client = useQueryClient();
  const [draft, setDraft] = useState<Draft>(NO_DRAFT);
  const flip = useCallback((role: Role, right: string) => setDraft((before) => toggle(before, role, right)), []);
  const readAgain = () => client.invalidateQueries({ queryKey: rolesQuery.queryKey });

  const saveOne = async (role: Role) => {
    const version = draft.read[role.id] ?? role.version;
    await saveRole(role.id, { name: role.name, rights: rightsAfter(draft, role), version });
    setDraft((before) => forget(before, role.id));
  };
  const save = async (): Promise<Outcome> => {
    try {
      for (const role of changedRoles(draft, roles)) {
        try {
          await saveOne(role);
        } catch (error) {
          if (error instanceof ApiError && error.code === "role_changed") return { kind: "overtaken" };
          return { kind: "refused", role, error };
        }
      }
      return { kind: "saved" };
    } finally {
      await readAgain();
    }
  };
  return {
    draft,
    flip,
    changed: changedRoles(draft, roles),
    overtaken: overtaken(draft, roles),
    giveUp: () => setDraft(NO_DRAFT),
    acknowledge: (role: Role) => setDraft((before) => acknowledge(before, role)),
    save,
  };
}

export type Matrix = ReturnType<typeof useMatrix>;
