import { Alert, Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { leaveForProvider } from "@/features/session/api/signIn";
import { useFault } from "@/features/session/hooks/useFault";

/** Leaves for the identity provider, which sends its people back. */
export function ProviderButton({ provider }: { provider: { id: string; name: string } }) {
  const { t } = useTranslation("signin");
  const fault = useFault();
  const leaving = useMutation({ mutationFn: leaveForProvider, onSuccess: (address) => location.assign(address) });
  return (
    <>
      <Button
        variant="default"
        loading={leaving.isPending || leaving.isSuccess}
        leftSection={<IconExternalLink aria-hidden size={18} stroke={1.7} />}
        onClick={() => leaving.mutate(provider.id)}
      >
        {t("provider", { name: provider.name })}
      </Button>
      {leaving.error && (
        <Alert color="red" role="alert" variant="light">
          {fault(leaving.error)}
        </Alert>
      )}
    </>
  );
}
