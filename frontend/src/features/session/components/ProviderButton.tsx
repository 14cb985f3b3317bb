import { Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { prove } from "@/api/allauth";
import type { Reply } from "@/api/allauth";

interface Way {
  continue_at: string;
}

/** Leaves for the identity provider; it sends its people back signed in, or to `/connexion` with the reason. */
export function ProviderButton({ provider }: { provider: { id: string; name: string } }) {
  const { t } = useTranslation("signin");
  const leave = useMutation({
    mutationFn: async () => (await prove("POST", "/auth/provider/redirect", { provider: provider.id })) as Reply<Way>,
    onSuccess: (reply) => location.assign(reply.data.continue_at),
    onError: () => location.assign("/connexion?refus=provider_unreachable"),
  });
  return (
    <Button
      variant="default"
      fullWidth
      loading={leave.isPending || leave.isSuccess}
      onClick={() => leave.mutate()}
      leftSection={<IconExternalLink aria-hidden size={18} stroke={1.7} />}
    >
      {t("provider", { name: provider.name })}
    </Button>
  );
}
