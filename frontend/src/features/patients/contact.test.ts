import { expect, test } from "vitest";

import { changed } from "@/features/patients/hooks/useContactDraft";

const known = { phone: "06 12 34 56 78", email: "marie@example.org", email_consent: true, postcode: "00000", city: "Exemple" };

test("only what was changed is sent", () => {
  expect(changed(known, { ...known, city: "Ailleurs" })).toEqual({ city: "Ailleurs" });
  expect(changed(known, { ...known })).toEqual({});
});

test("an address that is taken away takes the agreement with it", () => {
  expect(changed(known, { ...known, email: "" })).toEqual({ email: "", email_consent: false });
});
