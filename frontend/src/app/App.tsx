import { MantineProvider } from "@mantine/core";
import { Notifications } from "@mantine/notifications";
import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";

import { queryClient } from "@/api/queryClient";
import { styleNonce } from "@/app/nonce";
import { router } from "@/app/router";
import { useTheme } from "@/theme/useTheme";

/** Everything that every page stands on. */
export function App() {
  return (
    <MantineProvider theme={useTheme()} defaultColorScheme="auto" getStyleNonce={styleNonce}>
      <QueryClientProvider client={queryClient}>
        <Notifications position="top-right" limit={4} />
        <RouterProvider router={router} />
      </QueryClientProvider>
    </MantineProvider>
  );
}
