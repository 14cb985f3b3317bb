import { Button } from "@mantine/core";
import { IconExternalLink } from "@tabler/icons-react";
import { useTranslation } from "react-i18next";

import { csrfTokenNow } from "@/api/client";

const REDIRECT = "/_allauth/browser/v1/auth/provider/redirect";

/** Leaves for the identity provider; it sends its people back to `/connexion`. */
export function ProviderButton({ provider }: { provider: { id: string; name: string } }) {
  const { t } = useTranslation("signin");
  return (
    <form method="post" action={REDIRECT}>
      <input type="hidden" name="provider" value={provider.id} />
      <input type="hidden" name="process" value="login" />
      <input type="hidden" name="callback_url" value="/connexion" />
      <input type="hidden" name="csrfmiddlewaretoken" value={csrfTokenNow()} />
      <Button type="submit" variant="default" fullWidth leftSection={<IconExternalLink aria-hidden size={18} stroke={1.7} />}>
        {t("provider", { name: provider.name })}
      </Button>
    </form>
  );
}
