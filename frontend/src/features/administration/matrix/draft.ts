import type { Role } from "@/features/administration/api/roles";

/** What is wanted otherwise than it was: by role, the rights given (true) and taken (false), and the version it was read at. */
export interface Draft {
  wanted: Readonly<Record<string, Readonly<Record<string, boolean>>>>;
  read: Readonly<Record<string, number>>;
}

export const NO_DRAFT: Draft = { wanted: {}, read: {} };

const without = <T>(of: Readonly<Record<string, T>>, key: string): Record<string, T> => Object.fromEntries(Object.entries(of).filter(([known]) => known !== key));

/** The changes to a role that still make a difference: what another has done meanwhile is no change any more. */
export function pendingOf(draft: Draft, role: Role): [right: string, given: boolean][] {
  return Object.entries(draft.wanted[role.id] ?? {}).filter(([right, given]) => role.rights.includes(right) !== given);
}

export const isPending = (draft: Draft, role: Role, right: string): boolean => pendingOf(draft, role).some(([known]) => known === right);

/** Whether the role would hold the right if the draft were saved now. */
export const wouldHold = (draft: Draft, role: Role, right: string): boolean => draft.wanted[role.id]?.[right] ?? role.rights.includes(right);

/** All the rights the role would hold; an order is not promised. */
export function rightsAfter(draft: Draft, role: Role): string[] {
  const pending = pendingOf(draft, role);
  const taken = new Set(pending.filter(([, given]) => !given).map(([right]) => right));
  return [...role.rights.filter((right) => !taken.has(right)), ...pending.filter(([, given]) => given).map(([right]) => right)];
}

/** Gives or takes a right; doing it twice leaves no trace. */
export function toggle(draft: Draft, role: Role, right: string): Draft {
  const given = !wouldHold(draft, role, right);
  const own = without(draft.wanted[role.id] ?? {}, right);
  if (role.rights.includes(right) !== given) own[right] = given;
  if (Object.keys(own).length === 0) return forget(draft, role.id);
  return { wanted: { ...draft.wanted, [role.id]: own }, read: { [role.id]: role.version, ...draft.read } };
}

/** The role is as it should be: saved, or given up. */
export const forget = (draft: Draft, role: string): Draft => ({ wanted: without(draft.wanted, role), read: without(draft.read, role) });

/** The changes of others to this role have been read. */
export const acknowledge = (draft: Draft, role: Role): Draft => ({ ...draft, read: { ...draft.read, [role.id]: role.version } });

export const changedRoles = (draft: Draft, roles: Role[]): Role[] => roles.filter((role) => pendingOf(draft, role).length > 0);

/** Roles with changes of mine that somebody else has changed since I began. */
export const overtaken = (draft: Draft, roles: Role[]): Role[] => changedRoles(draft, roles).filter((role) => role.version > (draft.read[role.id] ?? role.version));

export const countPending = (draft: Draft, roles: Role[]): number => roles.reduce((sum, role) => sum + pendingOf(draft, role).length, 0);
