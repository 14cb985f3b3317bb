import {
  IconAddressBook,
  IconCalendar,
  IconChecklist,
  IconMessage,
  IconRoute,
  IconSettings,
  IconSunHigh,
  IconUsersGroup,
} from "@tabler/icons-react";

/** The pages, in the order of the rail. `onPhone` are the tabs; the others are behind "Plus". */
export const PAGES = [
  { name: "today", to: "/aujourdhui", Icon: IconSunHigh, onPhone: true },
  { name: "messages", to: "/messages/{-$id}", Icon: IconMessage, onPhone: true },
  { name: "tasks", to: "/taches", Icon: IconChecklist, onPhone: true },
  { name: "agenda", to: "/agenda", Icon: IconCalendar, onPhone: true },
  { name: "patients", to: "/patients/{-$id}", Icon: IconAddressBook, onPhone: true },
  { name: "protocols", to: "/protocoles/{-$id}", Icon: IconRoute, onPhone: false },
  { name: "directory", to: "/annuaire/{-$id}", Icon: IconUsersGroup, onPhone: false },
  { name: "administration", to: "/administration", Icon: IconSettings, onPhone: false },
] as const;

export type PageName = (typeof PAGES)[number]["name"];
