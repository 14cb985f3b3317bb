import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import type { ConversationDetail } from "@/features/messages/api/types";
import { Composer } from "@/features/messages/components/Composer";
import { outbox } from "@/realtime/messagesOut";
import { renderSignedIn } from "@/testing/render";

const conversation: ConversationDetail = {
  id: "c",
  kind: "patient",
  title: "DURAND Marie",
  patient: { id: "p", name: "DURAND Marie", birth_date: "1957-03-12", age: 69, sex: "F", identity_status: "QUAL" },
  team: null,
  people: null,
  circle: "health",
  basis: null,
  participants: [],
  last: null,
  last_ordinal: 0,
  read_ordinal: 0,
  unread: 0,
  members: [],
  heads: { c: 0 },
};

const field = () => screen.getByRole("textbox", { name: "Votre message" });

test("it says again about whom one writes", () => {
  renderSignedIn(<Composer conversation={conversation} />);
  expect(field()).toHaveAccessibleDescription("Vous écrivez au sujet de DURAND Marie");
});

test("Enter sends the message and leaves the field empty; Shift+Enter starts a line", async () => {
  const post = vi.spyOn(outbox, "post").mockImplementation((c, body) => ({ id: "m", conversation: c, body, at: "", state: "sending" }));
  renderSignedIn(<Composer conversation={conversation} />);
  await userEvent.type(field(), "Bonjour,{Shift>}{Enter}{/Shift}merci{Enter}");
  expect(post).toHaveBeenCalledExactlyOnceWith("c", "Bonjour,\nmerci");
  expect(field()).toHaveValue("");
});

test("nothing but blanks is not sent", async () => {
  const post = vi.spyOn(outbox, "post");
  renderSignedIn(<Composer conversation={conversation} />);
  await userEvent.type(field(), "   {Enter}");
  expect(post).not.toHaveBeenCalled();
  expect(screen.getByRole("button", { name: "Envoyer" })).toBeDisabled();
});

test("what was being written is found again", async () => {
  const { unmount } = renderSignedIn(<Composer conversation={conversation} />);
  await userEvent.type(field(), "À finir");
  unmount();
  renderSignedIn(<Composer conversation={conversation} />);
  expect(field()).toHaveValue("À finir");
});

test("without a network it says that messages will leave later", () => {
  vi.spyOn(navigator, "onLine", "get").mockReturnValue(false);
  renderSignedIn(<Composer conversation={conversation} />);
  expect(screen.getByRole("status")).toHaveTextContent("Hors ligne : vos messages partiront au retour de la connexion");
});
