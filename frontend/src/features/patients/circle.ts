import type { Colleague, Team } from "@/features/session/api/people";
import type { Me } from "@/features/session/api/session";
import type { CircleMember } from "@/features/patients/types";

type Member = Pick<CircleMember, "id" | "person" | "team">;
type Myself = Pick<Me, "id" | "teams">;

/** Whether a line of a circle is this person's, by name or through a team. */
export const isMine = ({ person, team }: Member, me: Myself): boolean => person?.id === me.id || me.teams.some(({ id }) => id === team?.id);

/** Whether this person sees the patient through this line alone. */
export const isMyOnlyWay = (member: Member, members: Member[], me: Myself): boolean =>
  isMine(member, me) && !members.some((other) => other.id !== member.id && isMine(other, me));

type Professional = Pick<Colleague, "id" | "name" | "profession" | "role">;

export interface Candidate {
  value: string;
  label: string;
  /** Their own role, proposed for the circle. */
  role: string;
}

const asTeam = ({ id, name, roles }: Team): Candidate => ({ value: `team:${id}`, label: name, role: roles[0] ?? "" });
const asPerson = ({ id, name, profession, role }: Professional): Candidate => ({ value: `person:${id}`, label: `${name} · ${profession}`, role });

/** The teams and the people who are not named in a circle yet. */
export function newcomers(teams: Team[], people: Professional[], members: Member[]): { teams: Candidate[]; people: Candidate[] } {
  const named = new Set(members.map(({ person, team }) => person?.id ?? team?.id));
  return {
    teams: teams.filter(({ id }) => !named.has(id)).map(asTeam),
    people: people.filter(({ id }) => !named.has(id)).map(asPerson),
  };
}

/** "person:<id>" or "team:<id>" as the two fields that the server takes. */
export function whoOf(value: string): { person: string | null; team: string | null } {
  const [kind, id = null] = value.split(":");
  return kind === "team" ? { person: null, team: id } : { person: id, team: null };
}

/** The teams that a new patient's circle begins with: one's own, where they answer for one's profession. */
export function usualTeams(teams: Team[], people: Professional[], me: Myself): string[] {
  const role = people.find(({ id }) => id === me.id)?.role ?? "";
  return teams.filter(({ id, roles }) => roles.includes(role) && me.teams.some((mine) => mine.id === id)).map(({ id }) => id);
}
