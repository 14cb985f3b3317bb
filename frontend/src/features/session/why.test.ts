import { expect, test } from "vitest";

import { setWhy, whyItEnded, whyNow } from "@/features/session/why";

test("somebody at work is told that the session ended, or the server's better reason", () => {
  expect(whyItEnded("not_signed_in")).toBe("ended");
  expect(whyItEnded("locked")).toBe("locked");
  expect(whyItEnded("second_factor_to_set_up")).toBe("second_factor_to_set_up");
});

test("a reason that this page does not know is no reason", () => {
  setWhy("locked");
  setWhy("something_new");
  expect(whyNow()).toBe("not_signed_in");
});
