import { api, ok } from "@/api/client";

/** The first wall time from `from` at which all these agendas are free; null when there is none in reach. */
export async function findFirstFree(agendas: string[], minutes: number, from: string): Promise<string | null> {
  const query = { agendas: agendas.join(","), minutes, from };
  const { local_start } = await ok(api.GET("/api/appointments/first-free", { params: { query } }));
  return local_start;
}
