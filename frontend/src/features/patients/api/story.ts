import { infiniteQueryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import type { Story, StoryKind } from "@/features/patients/types";
import type { StreamEvent } from "@/realtime/frames";
import { fetchCurrent, REFETCH } from "@/realtime/live";

interface Pages {
  pages: Story[];
}

/** What happened is told by reference only, because each reader sees their own part of it: it is fetched again. */
function advanceStory(story: Pages, event: StreamEvent): Pages | typeof REFETCH {
  const head = story.pages[0]?.heads[event.stream];
  return head === undefined || event.seq <= head ? story : REFETCH;
}

const fetchPage = (patient: string, kinds: StoryKind[], before: string, signal: AbortSignal): Promise<Story> =>
  ok(
    api.GET("/api/patients/{patient_id}/story", {
      params: { path: { patient_id: patient }, query: { before, kinds: kinds.join(",") } },
      signal,
    }),
  );

/** A patient's story, newest first; without kinds, all of it. Opened anew it is read anew: messages are told on another stream. */
export const storyQuery = (patient: string, kinds: StoryKind[]) =>
  infiniteQueryOptions({
    queryKey: ["story", patient, kinds],
    initialPageParam: "",
    staleTime: 0,
    queryFn: ({ pageParam, signal }) =>
      fetchCurrent(
        () => fetchPage(patient, kinds, pageParam, signal),
        () => REFETCH,
      ),
    getNextPageParam: (page) => page.next ?? undefined,
    meta: {
      live: {
        heads: (data) => (data as Pages).pages[0]?.heads ?? {},
        advance: (data, event) => advanceStory(data as Pages, event),
      },
    },
  });
