import { useLocalStorage } from "@mantine/hooks";
import { useCallback, useMemo } from "react";

import type { Agenda } from "@/features/agenda/types";
import { useMe } from "@/features/session/hooks/useSession";

const FIRST_TIME = 5;

/** One's own agenda; those who have none see some of the people's. */
const usual = (agendas: Agenda[], me: string): string[] => {
  const own = agendas.filter((agenda) => agenda.person?.id === me);
  const shown = own.length > 0 ? own : agendas.filter((agenda) => agenda.kind === "person").slice(0, FIRST_TIME);
  return shown.map((agenda) => agenda.id);
};

/** The agendas that are shown, in the order of the list; each person's choice is kept on this device. */
export function useChosenAgendas(agendas: Agenda[]) {
  const me = useMe();
  const [kept, keep] = useLocalStorage<{ many?: string[]; one?: string }>({
    key: `liaison.agendas.${me.id}`,
    defaultValue: {},
    getInitialValueInEffect: false,
  });
  const many = useMemo(() => {
    const known = agendas.filter((agenda) => kept.many?.includes(agenda.id)).map((agenda) => agenda.id);
    return known.length > 0 ? known : usual(agendas, me.id);
  }, [agendas, kept.many, me.id]);
  const one = agendas.some((agenda) => agenda.id === kept.one) ? kept.one : many[0];
  const chooseMany = useCallback((ids: string[]) => keep((known) => ({ ...known, many: ids })), [keep]);
  const chooseOne = useCallback((id: string) => keep((known) => ({ ...known, one: id })), [keep]);
  /** Makes sure that an appointment of these agendas can be seen: in a column more, or as the one agenda. */
  const reveal = useCallback(
    (ids: string[]) => {
      const first = agendas.find((agenda) => ids.includes(agenda.id));
      if (!first) return;
      keep({ many: many.some((id) => ids.includes(id)) ? many : [...many, first.id], one: one && ids.includes(one) ? one : first.id });
    },
    [agendas, keep, many, one],
  );
  return { many, one, chooseMany, chooseOne, reveal };
}
