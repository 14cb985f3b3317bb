import { api, ok } from "@/api/client";
import type { Colleague } from "@/features/directory/types";

const at = (id: string) => ({ params: { path: { person_id: id } } });

/** A portrait of at most 2 MB, sent as it is; the server keeps it small and square. */
export const sendPhoto = (id: string, file: File): Promise<Colleague> =>
  ok(api.PUT("/api/people/{person_id}/photo", { ...at(id), body: "", bodySerializer: () => file, headers: { "Content-Type": file.type } }));

export const removePhoto = (id: string): Promise<Colleague> => ok(api.DELETE("/api/people/{person_id}/photo", at(id)));
