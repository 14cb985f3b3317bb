import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, test, vi } from "vitest";

import { ApiError, Unreachable } from "@/api/errors";
import { addDays, today } from "@/i18n/when";
import { renderSignedIn } from "@/testing/render";
import { ErrorState, LateMark, PatientBanner } from "@/ui";
import { fold } from "@/ui/fold";
import { hourOf } from "@/ui/hour";

test("a patient's banner says who: name, birth and age, sex, identity", () => {
  renderSignedIn(<PatientBanner patient={{ id: "p", name: "DURAND Marie", birth_date: "1957-03-12", age: 69, sex: "F", identity_status: "PROV" }} />);
  const banner = screen.getByRole("region", { name: "Patient : DURAND Marie" });
  expect(banner).toHaveTextContent("née le 12/03/1957 · 69 ans · Femme");
  expect(banner).toHaveTextContent("Identité provisoire");
});

test("an error says what the server said, and can be tried again", async () => {
  const retry = vi.fn();
  renderSignedIn(<ErrorState error={new ApiError(409, { detail: "Déjà prise par Lucas Martin." })} onRetry={retry} />);
  expect(screen.getByRole("alert")).toHaveTextContent("Déjà prise par Lucas Martin.");
  await userEvent.click(screen.getByRole("button", { name: "Réessayer" }));
  expect(retry).toHaveBeenCalledOnce();
});

test("a server out of reach is told without blaming the person", () => {
  renderSignedIn(<ErrorState error={new Unreachable()} />);
  expect(screen.getByRole("alert")).toHaveTextContent("Le serveur ne répond pas. Rien n’est perdu");
});

test("lateness is said in words, not by colour alone", () => {
  const { unmount } = renderSignedIn(<LateMark dueOn={addDays(today(), -3)} lateDays={3} />);
  expect(screen.getByText("en retard de 3 jours")).toBeInTheDocument();
  unmount();
  renderSignedIn(<LateMark dueOn={today()} lateDays={0} />);
  expect(screen.getByText("à faire aujourd’hui")).toBeInTheDocument();
});

test("accents and case do not hide a name", () => {
  expect(fold("LEFÈVRE Thérèse")).toBe(fold("lefevre therese"));
  expect(fold("ŒUVRARD")).toBe("oeuvrard");
});

test("an hour is read however it is typed, and nonsense is no hour", () => {
  expect(["8", "8h", "8:5", "08:05", "0805", "14h05"].map(hourOf)).toEqual(["08:00", "08:00", "08:05", "08:05", "08:05", "14:05"]);
  expect(["", "24:00", "12:60", "midi"].map(hourOf)).toEqual(["", "", "", ""]);
});
