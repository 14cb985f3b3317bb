import { describe, expect, test } from "vitest";

import { isMyOnlyWay, newcomers, usualTeams, whoOf } from "@/features/patients/circle";
import type { Team } from "@/features/session/api/people";

const named = (id: string, name = id) => ({ id, name });
const ref = (id: string) => ({ ...named(id), short: id, profession: "Infirmière", initials: "XX" });
const byName = { id: "line-awa", person: ref("awa"), team: null };
const byTeam = { id: "line-team", person: null, team: named("nursing") };
const other = { id: "line-roux", person: ref("roux"), team: null };
const awa = { id: "awa", teams: [named("nursing"), named("coordination")] };

const teams: Team[] = [
  { ...named("nursing", "Infirmerie"), code: "infirmerie", roles: ["ide"], people: [], entity: null },
  { ...named("coordination", "Coordination"), code: "coordination", roles: ["coordinateur"], people: [], entity: null },
  { ...named("desk", "Secrétariat"), code: "secretariat", roles: ["secretariat"], people: [], entity: null },
];
const people = [
  { ...ref("awa"), role: "ide" },
  { ...ref("roux"), role: "medecin_traitant" },
];

describe("leaving a circle", () => {
  test("a line that is another's, or one of two of mine, costs me nothing", () => {
    expect(isMyOnlyWay(other, [byName, other], awa)).toBe(false);
    expect(isMyOnlyWay(byName, [byName, byTeam, other], awa)).toBe(false);
    expect(isMyOnlyWay(byTeam, [byName, byTeam, other], awa)).toBe(false);
  });

  test("my only line, by name or through a team, is my only way to the patient", () => {
    expect(isMyOnlyWay(byName, [byName, other], awa)).toBe(true);
    expect(isMyOnlyWay(byTeam, [byTeam, other], awa)).toBe(true);
  });
});

describe("entering a circle", () => {
  test("those who are not named in it are proposed, each with their own role", () => {
    expect(newcomers(teams, people, [byName, byTeam])).toEqual({
      teams: [
        { value: "team:coordination", label: "Coordination", role: "coordinateur" },
        { value: "team:desk", label: "Secrétariat", role: "secretariat" },
      ],
      people: [{ value: "person:roux", label: "roux · Infirmière", role: "medecin_traitant" }],
    });
  });

  test("a choice is a person or a team", () => {
    expect(whoOf("team:desk")).toEqual({ person: null, team: "desk" });
    expect(whoOf("person:awa")).toEqual({ person: "awa", team: null });
  });

  test("a new patient's circle begins with one's own team, not with all one belongs to", () => {
    expect(usualTeams(teams, people, awa)).toEqual(["nursing"]);
    expect(usualTeams(teams, people, { id: "roux", teams: [named("coordination")] })).toEqual([]);
  });
});
