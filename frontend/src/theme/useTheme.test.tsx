import { Drawer, MantineProvider, Modal, Notification } from "@mantine/core";
import { render, screen } from "@testing-library/react";
import type { ReactNode } from "react";
import { expect, test } from "vitest";

import { useTheme } from "@/theme/useTheme";

function Themed({ children }: { children: ReactNode }) {
  return (
    <MantineProvider theme={useTheme()} env="test">
      {children}
    </MantineProvider>
  );
}

const closing = [
  ["a dialog", <Modal opened onClose={() => undefined} title="Titre" />],
  ["a drawer", <Drawer opened onClose={() => undefined} title="Titre" />],
  ["a notice", <Notification title="Titre" />],
] as const;

test.each(closing)("the cross of %s has a name", (_, shown) => {
  render(<Themed>{shown}</Themed>);
  expect(screen.getByRole("button", { name: "Fermer" })).toBeVisible();
});
