import { queryOptions } from "@tanstack/react-query";

import { api, ok } from "@/api/client";
import { newId } from "@/api/ids";
import type { Correspondent, CorrespondentFields, CorrespondentKind } from "@/features/directory/types";

/** Those outside the centre whom one calls or writes to; found by name, organisation or kind. */
export const correspondentsQuery = (q: string, kind: CorrespondentKind | null) =>
  queryOptions({
    queryKey: ["correspondents", q, kind],
    queryFn: ({ signal }) => ok(api.GET("/api/correspondents", { params: { query: { q: q || undefined, kind: kind ?? undefined } }, signal })),
    staleTime: 30_000,
  });

export const addCorrespondent = (fields: CorrespondentFields): Promise<Correspondent> =>
  ok(api.POST("/api/correspondents", { body: fields, params: { header: { "Idempotency-Key": newId() } } }));

export const changeCorrespondent = (id: string, fields: CorrespondentFields): Promise<Correspondent> =>
  ok(api.PATCH("/api/correspondents/{correspondent_id}", { params: { path: { correspondent_id: id } }, body: fields }));

/** Takes a correspondent out of the directory; what names them keeps doing so. */
export const archiveCorrespondent = (id: string) => ok(api.DELETE("/api/correspondents/{correspondent_id}", { params: { path: { correspondent_id: id } } }));
