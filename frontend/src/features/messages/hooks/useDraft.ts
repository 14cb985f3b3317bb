import { useState } from "react";

const key = (conversation: string) => `liaison.draft.${conversation}`;

/** What is being written, kept in this tab when one leaves the conversation or reloads. */
export function useDraft(conversation: string): [string, (body: string) => void] {
  const [body, setBody] = useState(() => sessionStorage.getItem(key(conversation)) ?? "");
  const keep = (next: string) => {
    setBody(next);
    if (next) sessionStorage.setItem(key(conversation), next);
    else sessionStorage.removeItem(key(conversation));
  };
  return [body, keep];
}
