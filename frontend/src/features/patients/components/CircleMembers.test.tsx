import { Notifications, notifications } from "@mantine/notifications";
import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import { queryClient } from "@/api/queryClient";
import { CircleMembers } from "@/features/patients/components/CircleMembers";
import type { CircleMember, Patient } from "@/features/patients/types";
import { NURSE, renderSignedIn } from "@/testing/render";

const EDITOR = { ...NURSE, rights: [...NURSE.rights, "patient.edit"] };
const HUGO = { id: "hugo", name: "Hugo Blanc", short: "Hugo B.", profession: "Kinésithérapeute", initials: "HB" };
const ROUX = { id: "roux", name: "Dr Claire Roux", short: "Dr Roux", profession: "Médecin", initials: "CR" };

const SAME = { kind: "same_team", why: "", consent: null } as const;
const line = (id: string, role: string, who: Partial<CircleMember>): CircleMember => ({ id, person: null, team: null, role, role_label: role, since: "2026-11-02T08:00:00Z", until: null, why: "", added_by: null, basis: SAME, ...who });
const mine = line("l-awa", "ide", { person: NURSE });
const doctors = line("l-roux", "medecin_traitant", { person: ROUX, why: "Suivi du diabète" });
const circle: Patient["circle"] = { id: "c", circle: "health", entity: null, members: [doctors, mine] };
const patient = { id: "p", name: "DURAND Marie", circle, consents: [], oppositions: [], access: { kind: "care_team", until: null, reason: "" } } as unknown as Patient;

const json = (body: unknown, status = 200) => new Response(status === 204 ? null : JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
const answers = new Map<string, () => Response>();
const asked: { what: string; body: unknown }[] = [];

async function answer(request: Request): Promise<Response> {
  const what = `${request.method} ${new URL(request.url).pathname}`;
  const text = await request.text();
  asked.push({ what, body: text ? (JSON.parse(text) as unknown) : null });
  return answers.get(what)?.() ?? json({ code: "not_found", detail: what }, 404);
}

const changes = () => asked.filter(({ what }) => !what.startsWith("GET"));

beforeEach(() => {
  asked.length = 0;
  answers.clear();
  queryClient.clear();
  notifications.clean();
  answers.set("GET /api/circle/roles", () => json({ items: [{ code: "mk", name: "Kinésithérapeute" }] }));
  answers.set("GET /api/teams", () => json({ items: [{ id: "desk", name: "Secrétariat", code: "secretariat", roles: ["secretariat"], people: [] }] }));
  answers.set("GET /api/people", () => json({ items: [{ ...HUGO, role: "mk", teams: [], phone: "" }] }));
  vi.stubGlobal("fetch", (request: Request) => answer(request));
});

const show = (person = EDITOR) =>
  renderSignedIn(
    <>
      <Notifications />
      <CircleMembers patient={patient} />
    </>,
    person,
  );

test("a colleague is brought in, in their own role", async () => {
  answers.set("POST /api/patients/p/circle", () => json(line("l-hugo", "mk", { person: HUGO }), 201));
  show();
  await userEvent.click(screen.getByRole("button", { name: "Ajouter au cercle" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("combobox", { name: "Personne ou équipe" }));
  await userEvent.click(await screen.findByRole("option", { name: "Hugo Blanc · Kinésithérapeute" }));
  expect(within(dialog).getByRole("combobox", { name: "Rôle auprès du patient" })).toHaveValue("Kinésithérapeute");
  await userEvent.type(within(dialog).getByRole("textbox", { name: "Motif" }), "Chute");
  await userEvent.click(within(dialog).getByRole("button", { name: "Ajouter au cercle" }));
  await waitFor(() => expect(changes()).toEqual([{ what: "POST /api/patients/p/circle", body: { person: "hugo", team: null, role: "mk", why: "Chute", until: null, basis: null, circle: "health" } }]));
  expect(await screen.findByText("Hugo Blanc : dans le cercle de soins.")).toBeVisible();
}, 20_000);

test("a colleague outside the care team is asked why, in the server's words, and what is said goes with them", async () => {
  const detail = "Hugo Blanc n’exerce pas dans ce cercle (cercle social) : dites pourquoi l’échange est nécessaire.";
  answers.set("POST /api/patients/p/circle", () => json({ code: "sharing_basis_missing", detail }, 422));
  show();
  await userEvent.click(screen.getByRole("button", { name: "Ajouter au cercle" }));
  const dialog = await screen.findByRole("dialog");
  await userEvent.click(within(dialog).getByRole("combobox", { name: "Personne ou équipe" }));
  await userEvent.click(await screen.findByRole("option", { name: "Hugo Blanc · Kinésithérapeute" }));
  await userEvent.click(within(dialog).getByRole("button", { name: "Ajouter au cercle" }));
  expect(await within(dialog).findByText(detail)).toBeVisible();
  await userEvent.click(within(dialog).getByRole("radio", { name: "Participation aux soins" }));
  await userEvent.type(within(dialog).getByRole("textbox", { name: "À quels soins elle prend part" }), "Chute");
  answers.set("POST /api/patients/p/circle", () => json(line("l-hugo", "mk", { person: HUGO }), 201));
  await userEvent.click(within(dialog).getByRole("button", { name: "Ajouter au cercle" }));
  await waitFor(() => expect(changes().at(-1)?.body).toMatchObject({ person: "hugo", basis: { kind: "exchange", why: "Chute" } }));
}, 20_000);

test("a line says since when and until when, why, by whose hand, and what allows it", () => {
  const until = "2026-12-31T23:00:00Z";
  const visiting = line("l-hugo", "mk", { person: HUGO, until, why: "Chute", added_by: ROUX, basis: { kind: "exchange", why: "rééducation", consent: null } });
  const told = { ...patient, circle: { ...circle, members: [visiting] } };
  renderSignedIn(<CircleMembers patient={told} />);
  const said = screen.getByRole("listitem");
  expect(said).toHaveTextContent("mk · du 02/11/2026 au 31/12/2026");
  expect(said).toHaveTextContent("Chute · ajout par Dr Claire Roux");
  expect(said).toHaveTextContent("Participe aux soins : rééducation");
});

test("taking out a colleague is done at once and can be taken back, with what the line said", async () => {
  answers.set("DELETE /api/patients/p/circle/l-roux", () => json(null, 204));
  answers.set("POST /api/patients/p/circle", () => json(doctors, 201));
  show();
  await userEvent.click(screen.getByRole("button", { name: "Retirer Dr Claire Roux du cercle de soins" }));
  await userEvent.click(await screen.findByRole("button", { name: "Annuler" }));
  await waitFor(() =>
    expect(changes()).toEqual([
      { what: "DELETE /api/patients/p/circle/l-roux", body: null },
      { what: "POST /api/patients/p/circle", body: { person: "roux", team: null, role: "medecin_traitant", why: "Suivi du diabète", until: null, basis: SAME, circle: "health" } },
    ]),
  );
});

test("before one loses the patient oneself, a question says so", async () => {
  answers.set("DELETE /api/patients/p/circle/l-awa", () => json(null, 204));
  show();
  await userEvent.click(screen.getByRole("button", { name: "Retirer Awa Diallo du cercle de soins" }));
  const question = await screen.findByRole("dialog");
  expect(question).toHaveTextContent("Vous ne verrez plus le cahier de liaison de DURAND Marie.");
  expect(changes()).toEqual([]);
  await userEvent.click(within(question).getByRole("button", { name: "Retirer" }));
  expect(await screen.findByText("Awa Diallo : plus dans le cercle de soins.")).toBeVisible();
});

test("a refusal comes back with its reason", async () => {
  const detail = "Plus personne ne verrait DURAND Marie. Ajoutez d’abord quelqu’un au cercle de soins.";
  answers.set("DELETE /api/patients/p/circle/l-roux", () => json({ code: "last_of_circle", detail }, 409));
  show();
  await userEvent.click(screen.getByRole("button", { name: "Retirer Dr Claire Roux du cercle de soins" }));
  expect(await screen.findByText(detail)).toBeVisible();
});

test("who may not change it may only leave it", () => {
  show(NURSE);
  expect(screen.getAllByRole("button").map((button) => button.getAttribute("aria-label"))).toEqual(["Retirer Awa Diallo du cercle de soins"]);
});
