import { queryOptions } from "@tanstack/react-query";

import { api, ok, setCsrfToken } from "@/api/client";
import { ApiError } from "@/api/errors";
import type { Schema } from "@/api/types";
import { keepOnlyFor } from "@/features/session/leftovers";
import { setWhy } from "@/features/session/why";
import type { Language } from "@/i18n";

export type Me = Schema<"Me">;
export type Session = Schema<"SessionOut">;
export type Door = Schema<"CsrfOut">;
export type DemoPerson = Schema<"DemoPerson">;

export async function fetchSession(): Promise<Session | null> {
  try {
    return entered(await ok(api.GET("/api/session")));
  } catch (error) {
    if (!(error instanceof ApiError) || error.status !== 401) throw error;
    setWhy(error.code);
    return null;
  }
}

/** Who is signed in; null when nobody is, and then `whyNow()` says why. */
export const sessionQuery = queryOptions({ queryKey: ["session"], queryFn: fetchSession, staleTime: Infinity, gcTime: Infinity });

async function fetchDoor(): Promise<Door> {
  const door = await ok(api.GET("/api/session/csrf"));
  setCsrfToken(door.csrf);
  return door;
}

/** What the sign-in page needs before anyone is known: the token, the ways in and, in demo mode, the people. */
export const doorQuery = queryOptions({ queryKey: ["door"], queryFn: fetchDoor, staleTime: 0, gcTime: 0 });

function entered(session: Session): Session {
  setCsrfToken(session.csrf);
  keepOnlyFor(session.person.id);
  return session;
}

/** Ends the session; where to go on when another site must be told too. */
export const signOut = () => ok(api.DELETE("/api/session"));

export const saveLanguage = (language: Language) => ok(api.PATCH("/api/session/language", { body: { language } }));
