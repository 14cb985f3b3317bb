import { MantineProvider } from "@mantine/core";
import { QueryClientProvider } from "@tanstack/react-query";
import { render } from "@testing-library/react";
import type { ReactNode } from "react";

import { queryClient } from "@/api/queryClient";
import type { Me, Session } from "@/features/session/api/session";
import { theme } from "@/theme/theme";

export const NURSE: Me = {
  id: "awa",
  name: "Awa Diallo",
  short: "Awa D.",
  profession: "Infirmière",
  initials: "AD",
  organisation: { id: "o", name: "Maison de santé des Tilleuls" },
  rights: ["message.post", "queue.work", "patient.read"],
  language: "fr",
  teams: [],
  standing_in_for: [],
  second_factor: true,
  streams: { inbox: "awa" },
};

/** Draws something as someone sees it, the nurse unless told, without a server. */
export function renderSignedIn(children: ReactNode, person: Me = NURSE) {
  const session: Session = { person, demo: true, csrf: "", version: "test", idle_minutes: 120 };
  queryClient.setQueryData<Session | null>(["session"], session);
  return render(
    <MantineProvider theme={theme} env="test">
      <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
    </MantineProvider>,
  );
}
