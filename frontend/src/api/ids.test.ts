import { expect, test } from "vitest";

import { newId } from "@/api/ids";

test("an id is a UUIDv7", () => {
  expect(newId()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test("ids made later come later", () => {
  expect(newId(1_000) < newId(2_000)).toBe(true);
  expect(parseInt(newId(1_795_000_000_000).replaceAll("-", "").slice(0, 12), 16)).toBe(1_795_000_000_000);
});
