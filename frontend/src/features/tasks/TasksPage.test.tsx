import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { createMemoryHistory, createRootRoute, createRoute, createRouter, RouterProvider } from "@tanstack/react-router";
import { render, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, expect, test, vi } from "vitest";

import { makeQueryClient } from "@/api/queryClient";
import { sessionQuery, type Session } from "@/features/session/api/session";
import { TasksPage } from "@/features/tasks/TasksPage";
import { NURSE } from "@/testing/render";

const me = { id: "p-awa", name: "Awa Diallo", short: "Awa D.", profession: "Infirmière", initials: "AD" };
const queue = { id: "q1", name: "Secrétariat", code: "secretariat", team: { id: "e1", name: "Secrétariat" }, works: true, open: 1, late: 0, mine: 0 };
const task = {
  id: "t1",
  queue: { id: "q1", name: "Secrétariat" },
  patient: null,
  title: "Rappeler la famille",
  note: "",
  status: "open",
  priority: "routine",
  due_on: null,
  late_after: null,
  late_days: 0,
  claimed_by: null,
  assignee: null,
  origin: null,
  checklist: [],
  created_by: me,
  created_at: "2026-11-20T08:00:00Z",
  done_at: null,
  done_by: null,
};

const json = (body: unknown, status = 200) => new Response(JSON.stringify(body), { status, headers: { "Content-Type": "application/json" } });
const answers = new Map<string, () => Response>();
const asked: string[] = [];

function answer(request: Request): Promise<Response> {
  const what = `${request.method} ${new URL(request.url).pathname}`;
  asked.push(what);
  const known = answers.get(what);
  return Promise.resolve(known ? known() : json({ code: "not_found", detail: what }, 404));
}

beforeEach(() => {
  asked.length = 0;
  answers.clear();
  answers.set("GET /api/queues", () => json({ items: [queue], heads: { q1: 1 } }));
  answers.set("GET /api/tasks", () => json({ items: [task], more: false, heads: { q1: 1 } }));
  vi.stubGlobal("fetch", (request: Request) => answer(request));
});

function show(): void {
  const client = makeQueryClient();
  const person = { ...NURSE, ...me, rights: ["queue.work"], streams: { inbox: "p-awa" } };
  const session: Session = { person, demo: false, csrf: "", version: "test", idle_minutes: 120 };
  client.setQueryData(sessionQuery.queryKey, session);
  const root = createRootRoute();
  const page = createRoute({
    getParentRoute: () => root,
    path: "/taches",
    validateSearch: (search: Record<string, string | undefined>) => search,
    component: TasksPage,
  });
  const router = createRouter({ routeTree: root.addChildren([page]), history: createMemoryHistory({ initialEntries: ["/taches"] }) });
  render(
    <MantineProvider>
      <Notifications />
      <QueryClientProvider client={client}>
        <RouterProvider router={router as never} />
      </QueryClientProvider>
    </MantineProvider>,
  );
}

test("the p key claims the task that has the focus", async () => {
  const claimed = { ...task, status: "claimed", claimed_by: me };
  answers.set("POST /api/tasks/t1/claim", () => {
    answers.set("GET /api/tasks", () => json({ items: [claimed], more: false, heads: { q1: 2 } }));
    return json(claimed);
  });
  show();
  (await screen.findByRole("button", { name: "Rappeler la famille" })).focus();
  await userEvent.keyboard("p");
  expect(await screen.findByText("Vous")).toBeInTheDocument();
  await waitFor(() => expect(asked).toContain("POST /api/tasks/t1/claim"));
});

test("someone who claims a task that another has just taken is told who has it, and the line goes back", async () => {
  const detail = "Martine Dubois a déjà pris cette tâche.";
  answers.set("POST /api/tasks/t1/claim", () => json({ code: "task_already_claimed", detail }, 409));
  show();
  await userEvent.click(await screen.findByRole("button", { name: /^Prendre/ }));
  expect(await screen.findByText(detail)).toBeInTheDocument();
  expect(screen.queryByText("Vous")).not.toBeInTheDocument();
});

test("a queue with nothing to do says so in a sentence", async () => {
  answers.set("GET /api/tasks", () => json({ items: [], more: false, heads: {} }));
  show();
  expect(await screen.findByText("Rien à faire dans vos files.")).toBeInTheDocument();
});

test("a list that cannot be fetched says why and offers to try again", async () => {
  answers.set("GET /api/tasks", () => json({ code: "forbidden", detail: "Vous n’avez pas ce droit." }, 403));
  show();
  expect(await screen.findByText("Vous n’avez pas ce droit.")).toBeInTheDocument();
  expect(screen.getByRole("button", { name: "Réessayer" })).toBeInTheDocument();
});
