import { expect, test } from "vitest";

import { refusalNow, refusalWord } from "@/features/session/refusals";

test("the address says why the identity provider's sign-in was refused", () => {
  expect(refusalNow("?refus=unknown_person")).toBe("unknown_person");
  expect(refusalNow("?volet=a")).toBeNull();
});

test("a reason without words of its own still gets a sentence", () => {
  expect(refusalWord("unknown_person")).toBe("unknown_person");
  expect(refusalWord("<script>")).toBe("other");
});
