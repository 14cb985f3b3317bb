import { expect, test } from "vitest";

import { keepOnlyFor } from "@/features/session/leftovers";

test("the same person finds the draft again after the session has ended", () => {
  keepOnlyFor("awa");
  sessionStorage.setItem("liaison.draft.c", "À finir");
  keepOnlyFor("awa");
  expect(sessionStorage.getItem("liaison.draft.c")).toBe("À finir");
});

test("another person at the same screen finds nothing", () => {
  keepOnlyFor("awa");
  sessionStorage.setItem("liaison.draft.c", "À finir");
  keepOnlyFor("martine");
  expect(sessionStorage.getItem("liaison.draft.c")).toBeNull();
});
