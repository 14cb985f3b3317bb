import { expect, test } from "vitest";

import { bareCode, inFours, stepFor } from "@/features/session/steps";

test("whoever has no second proof yet chooses one before anything else", () => {
  expect(stepFor("second_factor_to_set_up")).toEqual({ name: "enrol" });
});

test("a password that somebody else chose is replaced first", () => {
  expect(stepFor("password_to_change")).toEqual({ name: "newPassword" });
});

test("a locked, ended or refused session begins again with the password", () => {
  for (const why of ["not_signed_in", "locked", "ended", "access_ended"] as const) expect(stepFor(why)).toEqual({ name: "password" });
});

test("a code is read with the spaces and dashes that people copy", () => {
  expect(bareCode(" 123 456 ")).toBe("123456");
  expect(bareCode("1234-5678")).toBe("12345678");
});

test("a long key is shown in fours", () => {
  expect(inFours("JBSWY3DPEHP")).toBe("JBSW Y3DP EHP");
  expect(inFours("")).toBe("");
});
