const WHOSE = "liaison.person";

/** What this tab keeps (drafts, messages on their way) is for one person: somebody else finds it empty. */
export function keepOnlyFor(person: string): void {
  if (sessionStorage.getItem(WHOSE) === person) return;
  sessionStorage.clear();
  sessionStorage.setItem(WHOSE, person);
}
