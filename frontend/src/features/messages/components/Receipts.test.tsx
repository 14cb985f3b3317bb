import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test } from "vitest";

import type { Message, Reader } from "@/features/messages/api/types";
import { Receipts } from "@/features/messages/components/Receipts";
import { NURSE, renderSignedIn } from "@/testing/render";

const message: Message = { id: "m", conversation: "c", ordinal: 3, author: NURSE, body: "Bonjour", at: "2026-11-23T10:00:00Z", tasks: [] };

const reader = (short: string, read_ordinal: number): Reader => ({
  id: short,
  name: short,
  short,
  profession: "",
  initials: "",
  read_ordinal,
});

test("it says how many have read, and names who has not", () => {
  renderSignedIn(<Receipts message={message} members={[reader("Martine D.", 3), reader("Lucas M.", 5), reader("Dr Roux", 2)]} />);
  expect(screen.getByRole("button")).toHaveTextContent("Lu par 2 · pas par Dr Roux");
});

test("of many who have not read it names two and counts the others", () => {
  const members = ["A.", "B.", "C.", "D."].map((name) => reader(name, 0));
  renderSignedIn(<Receipts message={message} members={[...members, reader("E.", 3)]} />);
  expect(screen.getByRole("button")).toHaveTextContent("Lu par 1 · pas par A., B. et 2 autres");
});

test("it says so when nobody or everybody has read", () => {
  const { unmount } = renderSignedIn(<Receipts message={message} members={[reader("A.", 0), reader("B.", 0)]} />);
  expect(screen.getByRole("button")).toHaveTextContent("Pas encore lu");
  unmount();
  renderSignedIn(<Receipts message={message} members={[reader("A.", 3), reader("B.", 4)]} />);
  expect(screen.getByRole("button")).toHaveTextContent("Lu par tous");
});

test("the full list is one click away", async () => {
  renderSignedIn(<Receipts message={message} members={[reader("Martine D.", 3), reader("Dr Roux", 2)]} />);
  await userEvent.click(screen.getByRole("button"));
  const list = await screen.findByRole("dialog");
  expect(list).toHaveTextContent("N’ont pas lu");
  expect(list).toHaveTextContent("Martine D.");
});
