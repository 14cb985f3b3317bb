import { useEffect, useState } from "react";

import { feed } from "@/realtime/singletons";

const SHOWN_MS = 5_000;
const TOLD_EVERY_MS = 2_500;

/** Ids of the people who are writing in a conversation right now. */
export function useTyping(conversation: string, me: string): string[] {
  const [writing, setWriting] = useState<Record<string, number>>({});
  useEffect(() => {
    const stop = feed.listen({
      typing: (stream, person) => {
        if (stream === conversation && person !== me) setWriting((known) => ({ ...known, [person]: Date.now() }));
      },
      event: (event) => {
        const { actor } = event;
        if (event.stream === conversation && event.kind === "message.posted" && actor) setWriting((known) => ({ ...known, [actor]: 0 }));
      },
    });
    const fade = setInterval(() => {
      setWriting((known) => {
        const fresh = Object.entries(known).filter(([, at]) => Date.now() - at < SHOWN_MS);
        return fresh.length === Object.keys(known).length ? known : Object.fromEntries(fresh);
      });
    }, 1_000);
    return () => {
      stop();
      clearInterval(fade);
    };
  }, [conversation, me]);
  return Object.keys(writing);
}

let lastTold = 0;

/** Tells the others that something is being written here, now and then. */
export function tellTyping(conversation: string): void {
  if (Date.now() - lastTold < TOLD_EVERY_MS) return;
  lastTold = Date.now();
  feed.typing(conversation);
}
