import { createRootRoute, createRoute, createRouter, lazyRouteComponent, Navigate, redirect } from "@tanstack/react-router";

import { Gate } from "@/app/Gate";
import { NotFound } from "@/app/NotFound";
import { PageError } from "@/app/PageError";
import { SkeletonRows } from "@/ui/Loading";

const root = createRootRoute({ component: Gate, notFoundComponent: NotFound });

const home = createRoute({
  getParentRoute: () => root,
  path: "/",
  beforeLoad: () => {
    redirect({ to: "/aujourdhui", throw: true });
  },
});

const today = createRoute({
  getParentRoute: () => root,
  path: "/aujourdhui",
  component: lazyRouteComponent(() => import("@/features/today/TodayPage"), "TodayPage"),
});
const messages = createRoute({
  getParentRoute: () => root,
  path: "/messages/{-$id}",
  component: lazyRouteComponent(() => import("@/features/messages/MessagesPage"), "MessagesPage"),
});
const tasks = createRoute({
  getParentRoute: () => root,
  path: "/taches",
  validateSearch: (search): { file?: string; tache?: string; etat?: string; vue?: string } => ({
    file: text(search.file),
    tache: text(search.tache),
    etat: text(search.etat),
    vue: text(search.vue),
  }),
  component: lazyRouteComponent(() => import("@/features/tasks/TasksPage"), "TasksPage"),
});
const agenda = createRoute({
  getParentRoute: () => root,
  path: "/agenda",
  validateSearch: (search): { jour?: string; vue?: string; patient?: string; tache?: string; rdv?: string } => ({
    rdv: text(search.rdv),
    jour: text(search.jour),
    vue: text(search.vue),
    patient: text(search.patient),
    tache: text(search.tache),
  }),
  component: lazyRouteComponent(() => import("@/features/agenda/AgendaPage"), "AgendaPage"),
});
const patients = createRoute({
  getParentRoute: () => root,
  path: "/patients/{-$id}",
  validateSearch: (search): { volet?: string; cercle?: string } => ({ volet: text(search.volet), cercle: text(search.cercle) }),
  component: lazyRouteComponent(() => import("@/features/patients/PatientsPage"), "PatientsPage"),
});
const protocols = createRoute({
  getParentRoute: () => root,
  path: "/protocoles/{-$id}",
  component: lazyRouteComponent(() => import("@/features/protocols/ProtocolsPage"), "ProtocolsPage"),
});
const directory = createRoute({
  getParentRoute: () => root,
  path: "/annuaire/{-$id}",
  validateSearch: (search): { volet?: string } => ({ volet: text(search.volet) }),
  component: lazyRouteComponent(() => import("@/features/directory/DirectoryPage"), "DirectoryPage"),
});
const administration = createRoute({
  getParentRoute: () => root,
  path: "/administration",
  validateSearch: (search): { volet?: string; personne?: string } => ({ volet: text(search.volet), personne: text(search.personne) }),
  component: lazyRouteComponent(() => import("@/features/administration/AdministrationPage"), "AdministrationPage"),
});

const account = createRoute({
  getParentRoute: () => root,
  path: "/compte",
  validateSearch: (search): { volet?: string } => ({ volet: text(search.volet) }),
  component: lazyRouteComponent(() => import("@/features/account/AccountPage"), "AccountPage"),
});
/** Where identity providers send people back to; whoever is inside goes on to the day. */
const door = createRoute({
  getParentRoute: () => root,
  path: "/connexion",
  component: () => <Navigate to="/aujourdhui" replace />,
});

function text(value: unknown): string | undefined {
  if (typeof value === "number") return String(value);
  return typeof value === "string" && value ? value : undefined;
}

export const router = createRouter({
  routeTree: root.addChildren([home, today, messages, tasks, agenda, patients, protocols, directory, administration, account, door]),
  defaultPreload: "intent",
  defaultPendingComponent: () => <SkeletonRows />,
  defaultErrorComponent: PageError,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
