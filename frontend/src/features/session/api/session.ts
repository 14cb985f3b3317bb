import { queryOptions } from "@tanstack/react-query";

import { get, patch, post, remove, setCsrfToken } from "@/api/client";
import { ApiError } from "@/api/errors";
import type { PersonRef } from "@/api/types";
import type { Language } from "@/i18n";

export interface Me extends PersonRef {
  organisation: { id: string; name: string; time_zone?: string };
  rights: string[];
  language: Language;
  teams: { id: string; name: string }[];
  streams: { inbox: string };
}

export interface Session {
  person: Me;
  demo: boolean;
  csrf: string;
  version: string;
}

export interface DemoPerson {
  login: string;
  name: string;
  profession: string;
  password: string;
}

export interface Door {
  csrf: string;
  demo: boolean;
  demo_people: DemoPerson[];
}

async function fetchSession(): Promise<Session | null> {
  try {
    const session = await get<Session>("/session");
    setCsrfToken(session.csrf);
    return session;
  } catch (error) {
    if (error instanceof ApiError && error.status === 401) return null;
    throw error;
  }
}

/** Who is signed in; null when nobody is. */
export const sessionQuery = queryOptions({ queryKey: ["session"], queryFn: fetchSession, staleTime: Infinity, gcTime: Infinity });

async function fetchDoor(): Promise<Door> {
  const door = await get<Door>("/session/csrf");
  setCsrfToken(door.csrf);
  return door;
}

/** What the sign-in page needs before anyone is known: the token and, in demo mode, the people. */
export const doorQuery = queryOptions({ queryKey: ["door"], queryFn: fetchDoor, staleTime: 0, gcTime: 0 });

export async function signIn(login: string, password: string): Promise<Session> {
  const session = await post<Session>("/session", { login, password });
  setCsrfToken(session.csrf);
  return session;
}

export const signOut = () => remove("/session");

export const saveLanguage = (language: Language) => patch("/session/language", { language });
