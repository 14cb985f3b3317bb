import { useDebouncedValue } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { api, ok } from "@/api/client";
import { usePages } from "@/app/shell/usePages";
import { conversationsQuery } from "@/features/messages/api/conversations";
import { openDirect } from "@/features/messages/api/openDirect";
import { titleOf } from "@/features/messages/titles";
import { findPatientsQuery } from "@/features/patients/api/findPatients";
import { peopleQuery } from "@/features/session/api/people";
import { birthDate } from "@/i18n/when";
import { fold } from "@/ui/fold";

export interface Found {
  id: string;
  label: string;
  description: string;
  go: () => void;
}
export interface FoundGroup {
  name: "pages" | "patients" | "people" | "conversations" | "tasks";
  items: Found[];
}

const EACH = 6;

/** What the words lead to: pages and conversations at once, patients as soon as two letters are typed. */
export function useFound(words: string, opened: boolean): FoundGroup[] {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const pages = usePages();
  const [settled] = useDebouncedValue(words.trim(), 180);
  const asks = opened && settled.length >= 2;
  const patients = useQuery({ ...findPatientsQuery(settled), enabled: asks });
  const people = useQuery({ ...peopleQuery, enabled: opened });
  const conversations = useQuery(conversationsQuery);
  const tasks = useQuery({
    queryKey: ["tasks", "palette"],
    queryFn: ({ signal }) => ok(api.GET("/api/tasks", { signal })),
    enabled: asks,
    staleTime: 30_000,
  });

  const wanted = fold(words.trim());
  const fits = (text: string) => wanted === "" || fold(text).includes(wanted);
  const openConversation = (id: string) => void navigate({ to: "/messages/{-$id}", params: { id } });
  const writeTo = async (person: string) => openConversation((await openDirect(person)).id);

  const groups: FoundGroup[] = [
    {
      name: "patients",
      items: (asks ? (patients.data?.items ?? []) : []).map((patient) => ({
        id: patient.id,
        label: patient.name,
        description: `${birthDate(patient.birth_date)} · ${t("patient.age", { count: patient.age })}`,
        go: () => void navigate({ to: "/patients/{-$id}", params: { id: patient.id }, search: {} }),
      })),
    },
    {
      name: "pages",
      items: pages.map((page) => ({
        id: page.name,
        label: t(`nav.${page.name}`),
        description: "",
        go: () => void navigate({ to: page.to, params: { id: undefined }, search: {} }),
      })).filter((page) => fits(page.label)),
    },
    {
      name: "conversations",
      items: (conversations.data?.items ?? [])
        .map((conversation) => ({
          id: conversation.id,
          label: titleOf(conversation),
          description: conversation.last?.excerpt ?? "",
          go: () => openConversation(conversation.id),
        }))
        .filter((conversation) => wanted !== "" && fits(conversation.label)),
    },
    {
      name: "people",
      items: (people.data?.items ?? [])
        .filter((person) => wanted !== "" && fits(`${person.name} ${person.profession}`))
        .map((person) => ({ id: person.id, label: person.name, description: person.profession, go: () => void writeTo(person.id) })),
    },
    {
      name: "tasks",
      items: (asks ? (tasks.data?.items ?? []) : [])
        .filter((task) => fits(`${task.title} ${task.patient?.name ?? ""}`))
        .map((task) => ({
          id: task.id,
          label: task.title,
          description: [task.queue.name, task.patient?.name].filter(Boolean).join(" · "),
          go: () => void navigate({ to: "/taches", search: { tache: task.id } }),
        })),
    },
  ];
  return groups.map((group) => ({ ...group, items: group.items.slice(0, group.name === "pages" ? pages.length : EACH) })).filter((group) => group.items.length > 0);
}
