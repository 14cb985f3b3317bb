import { queryOptions } from "@tanstack/react-query";

import { api, ok, setCsrfToken } from "@/api/client";
import { ApiError } from "@/api/errors";
import type { Schema } from "@/api/types";
import { keepOnlyFor } from "@/features/session/leftovers";
import type { Language } from "@/i18n";

export type Me = Schema<"Me">;
export type Session = Schema<"SessionOut">;
export type Door = Schema<"CsrfOut">;
export type DemoPerson = Schema<"DemoPerson">;

async function fetchSession(): Promise<Session | null> {
  try {
    return entered(await ok(api.GET("/api/session")));
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({ queryKey: ["session"], queryFn: fetchSession, staleTime: Infinity, gcTime: Infinity });

async function fetchDoor(): Promise<Door> {
  const door = await ok(api.GET("/api/session/csrf"));
  setCsrfToken(door.csrf);
  return door;
}

/** What the sign-in page needs before anyone is known: the token and, in demo mode, the people. */
export const doorQuery = queryOptions({ queryKey: ["door"], queryFn: fetchDoor, staleTime: 0, gcTime: 0 });

export async function signIn(login: string, password: string): Promise<Session> {
  return entered(await ok(api.POST("/api/session", { body: { login, password } })));
}

function entered(session: Session): Session {
  setCsrfToken(session.csrf);
  keepOnlyFor(session.person.id);
  return session;
}

export const signOut = () => ok(api.DELETE("/api/session"));

export const saveLanguage = (language: Language) => ok(api.PATCH("/api/session/language", { body: { language } }));
