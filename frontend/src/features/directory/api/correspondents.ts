import { queryOptions } from "@tanstack/react-query";

import { ask } from "@/features/directory/api/wire";
import type { Correspondent, CorrespondentFields } from "@/features/directory/types";

/** Those outside the centre whom one calls or writes to; found by name, organisation or kind. */
export const correspondentsQuery = (q: string, kind: string | null) =>
  queryOptions({
    queryKey: ["correspondents", q, kind],
    queryFn: ({ signal }) =>
      ask<{ items: Correspondent[] }>("GET", "/api/correspondents", { params: { query: { q: q || undefined, kind: kind ?? undefined } }, signal }),
    staleTime: 30_000,
  });

export const addCorrespondent = (fields: CorrespondentFields): Promise<Correspondent> => ask("POST", "/api/correspondents", { body: fields });

export const changeCorrespondent = (id: string, fields: CorrespondentFields): Promise<Correspondent> =>
  ask("PATCH", "/api/correspondents/{id}", { params: { path: { id } }, body: fields });

/** Takes a correspondent out of the directory; what names them keeps doing so. */
export const archiveCorrespondent = (id: string): Promise<unknown> => ask("DELETE", "/api/correspondents/{id}", { params: { path: { id } } });
