import { QueryClient } from "@tanstack/react-query";

import { ApiError } from "@/api/errors";

/** What the server refuses is final; what did not reach it is tried again. */
const worthRetrying = (failures: number, error: Error) => !(error instanceof ApiError && error.status < 500) && failures < 2;

/** Live lists are kept current by events, so nothing is refetched just because a window got focus. */
export const makeQueryClient = () =>
  new QueryClient({
    defaultOptions: {
      queries: { staleTime: 5 * 60_000, gcTime: 10 * 60_000, retry: worthRetrying, refetchOnWindowFocus: false, networkMode: "always" },
      mutations: { retry: false, networkMode: "always" },
    },
  });

export const queryClient = makeQueryClient();
