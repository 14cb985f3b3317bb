import { useQuery } from "@tanstack/react-query";

import { agendasQuery } from "@/features/agenda/api/listAgendas";
import { appointmentsQuery } from "@/features/agenda/api/listAppointments";
import { useMe } from "@/features/session/hooks/useSession";
import { agendasOfDay, dayShown } from "@/features/today/pick";
import { addDays } from "@/i18n/when";

/** So many days ahead: a week of one's own agenda, a few days when it is that of a whole centre. */
const OWN_DAYS = 7;
const CENTRE_DAYS = 3;

/** The appointments of today and of the coming days on the agendas one answers for. */
export function useComingDays(today: string) {
  const me = useMe();
  const agendas = useQuery(agendasQuery);
  const { own, ids } = agendasOfDay(agendas.data?.items ?? [], me.id);
  const until = addDays(today, own ? OWN_DAYS : CENTRE_DAYS);
  const appointments = useQuery({ ...appointmentsQuery({ from: today, until, agendas: ids, cancelled: false }), enabled: ids.length > 0 });
  const items = appointments.data?.items ?? [];
  return { agendas, named: agendas.data?.items ?? [], own, none: !!agendas.data && ids.length === 0, appointments, items, shown: dayShown(items, today) };
}
