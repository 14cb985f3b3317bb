import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import { queryClient } from "@/api/queryClient";
import { ClosedPage } from "@/features/patients/components/ClosedPage";
import { EmergencyBanner } from "@/features/patients/components/EmergencyBanner";
import type { Identity, Patient } from "@/features/patients/types";
import { renderSignedIn } from "@/testing/render";

const stranger: Identity = { id: "p", name: "DURAND Marie", birth_date: "1957-03-12", age: 69, sex: "F", identity_status: "QUAL", in_care: false, may_break_glass: true };
const open = (minutes: number) =>
  ({ ...stranger, access: { kind: "break_glass", until: new Date(Date.now() + minutes * 60_000).toISOString(), reason: "Chute au cabinet" } }) as unknown as Patient;

const asked: { what: string; body: unknown }[] = [];
const changes = () => asked.filter(({ what }) => !what.startsWith("GET"));

beforeEach(() => {
  asked.length = 0;
  queryClient.clear();
  vi.stubGlobal("fetch", async (request: Request) => {
    const text = await request.text();
    asked.push({ what: `${request.method} ${new URL(request.url).pathname}`, body: text ? (JSON.parse(text) as unknown) : null });
    return new Response(JSON.stringify({ until: "2026-11-23T11:00:00Z" }), { status: 201, headers: { "Content-Type": "application/json" } });
  });
});

test("a closed file says so, and offers no way in to whoever may not open one", () => {
  renderSignedIn(<ClosedPage patient={{ ...stranger, may_break_glass: false }} />);
  expect(screen.getByText("Vous voyez l’identité de cette personne, pas son cahier de liaison.")).toBeVisible();
  expect(screen.queryByRole("button")).toBeNull();
});

test("a file is opened in an emergency once the reason is said in words", async () => {
  renderSignedIn(<ClosedPage patient={stranger} />);
  await userEvent.click(screen.getByRole("button", { name: "Accès en urgence" }));
  const reason = screen.getByRole("textbox", { name: "Pourquoi ouvrir cette fiche maintenant" });
  await userEvent.click(reason);
  await userEvent.paste("Urgent");
  await userEvent.click(screen.getByRole("button", { name: "Ouvrir la fiche en urgence" }));
  expect(screen.getByText("Écrivez le motif en quelques mots (10 caractères au moins).")).toBeVisible();
  expect(changes()).toEqual([]);
  await userEvent.click(reason);
  await userEvent.paste(" : chute au cabinet");
  await userEvent.click(screen.getByRole("button", { name: "Ouvrir la fiche en urgence" }));
  await waitFor(() => expect(changes()).toEqual([{ what: "POST /api/patients/p/break-glass", body: { reason: "Urgent : chute au cabinet" } }]));
}, 20_000);

test("while a file is open in an emergency, it says for how long still and why, and can be closed", async () => {
  renderSignedIn(<EmergencyBanner patient={open(41.5)} />);
  expect(screen.getByRole("timer")).toHaveTextContent("encore 42 minutes");
  expect(screen.getByText("Motif : Chute au cabinet")).toBeVisible();
  await userEvent.click(screen.getByRole("button", { name: "Mettre fin" }));
  await waitFor(() => expect(changes()).toEqual([{ what: "POST /api/patients/p/break-glass/end", body: null }]));
});
