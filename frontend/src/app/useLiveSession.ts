import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";

import { useAccessNews } from "@/app/useAccessNews";
import { fetchSession, type Session } from "@/features/session/api/session";
import { useActivity } from "@/features/session/hooks/useActivity";
import { useSessionEnded } from "@/features/session/hooks/useSignOut";
import { whyNow } from "@/features/session/why";
import { chooseLanguage } from "@/i18n";
import { bindCache } from "@/realtime/live";
import { outbox } from "@/realtime/messagesOut";
import { feed } from "@/realtime/singletons";

/** While someone is signed in: the socket is open, the cache follows it, and what waited in this tab leaves. */
export function useLiveSession(session: Session | null): void {
  const client = useQueryClient();
  const end = useSessionEnded();
  const person = session?.person.id;
  const language = session?.person.language;
  useActivity(person);
  useAccessNews();
  useEffect(() => {
    if (language) void chooseLanguage(language === "en" ? "en" : "fr");
  }, [language]);
  useEffect(() => {
    if (!person) return undefined;
    const unbind = bindCache(client, feed);
    const stopListening = feed.listen({ opened: () => void outbox.flush(), signedOut: () => void endUnlessGood(end) });
    feed.start();
    outbox.open(person);
    return () => {
      unbind();
      stopListening();
      feed.stop();
    };
  }, [client, end, person]);
}

/** A closed socket is not yet the end: a changed password renames the session, and an unreachable server says nothing. */
async function endUnlessGood(end: (code: string) => Promise<void>): Promise<void> {
  const mayGoOn = await fetchSession().then(
    (session) => session !== null,
    () => true,
  );
  if (mayGoOn) feed.reconnect();
  else await end(whyNow());
}
