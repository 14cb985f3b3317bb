import { expect, test } from "vitest";

import { grantable, sentencesOf } from "@/features/account/scopes";

const GROUPS = [
  { name: "Agenda", rights: [{ code: "agenda.read", sentence: "Voir les agendas" }, { code: "agenda.book", sentence: "Poser des rendez-vous" }] },
  { name: "Centre", rights: [{ code: "audit.read", sentence: "Lire le journal" }] },
];

test("a program is offered only what its owner may do, and no empty heading", () => {
  expect(grantable(GROUPS, ["agenda.book", "message.post"])).toEqual([
    { name: "Agenda", rights: [{ code: "agenda.book", sentence: "Poser des rendez-vous" }] },
  ]);
});

test("rights are said in words, in the order of the matrix", () => {
  expect(sentencesOf(GROUPS, ["audit.read", "agenda.read"])).toEqual(["Voir les agendas", "Lire le journal"]);
});
