import { Alert, Anchor, Button, CopyButton, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { QRCodeSVG } from "qrcode.react";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { activateTotp, totpSecretQuery, type TotpSecret } from "@/features/session/api/factors";
import { CodeField } from "@/features/session/components/CodeField";
import { useFault } from "@/features/session/hooks/useFault";
import { inFours } from "@/features/session/steps";
import { ErrorState } from "@/ui/ErrorState";
import { SkeletonRows } from "@/ui/Loading";
import classes from "./TotpSetup.module.css";

interface TotpSetupProps {
  onDone: () => Promise<void>;
  onBack: () => void;
  /** What the way back is called, where there is no other proof to choose. */
  backLabel?: string;
}

/** The application on the telephone learns the secret by a picture, and shows that it knows it by one code. */
export function TotpSetup({ onDone, onBack, backLabel }: TotpSetupProps) {
  const { t } = useTranslation("signin");
  const fault = useFault();
  const secret = useQuery(totpSecretQuery);
  const [code, setCode] = useState("");
  const check = useMutation({
    mutationFn: async (given: string) => {
      await activateTotp(given);
      await onDone();
    },
    onError: () => setCode(""),
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    check.mutate(code);
  };
  if (secret.error) return <ErrorState error={secret.error} onRetry={() => void secret.refetch()} />;
  if (!secret.data) return <SkeletonRows rows={3} />;
  return (
    <Stack gap="md">
      <Picture secret={secret.data} />
      <form onSubmit={submit}>
        <Stack gap="sm">
          {check.error && (
            <Alert color="red" role="alert" variant="light">
              {fault(check.error)}
            </Alert>
          )}
          <CodeField value={code} onChange={setCode} onComplete={check.mutate} />
          <Button type="submit" loading={check.isPending}>
            {t("totp.check")}
          </Button>
        </Stack>
      </form>
      <Anchor component="button" type="button" size="sm" ta="start" onClick={onBack}>
        {backLabel ?? t("totp.other")}
      </Anchor>
    </Stack>
  );
}

function Picture({ secret }: { secret: TotpSecret }) {
  const { t } = useTranslation("signin");
  return (
    <div className={classes.picture}>
      <QRCodeSVG value={secret.totp_url} title={t("totp.picture")} role="img" size={168} marginSize={2} className={classes.code} />
      <Stack gap={6} className={classes.words}>
        <Text size="sm">{t("totp.scan")}</Text>
        <Text size="xs" c="dimmed">
          {t("totp.type")}
        </Text>
        <code className={classes.secret} data-testid="secret">{inFours(secret.secret)}</code>
        <Group gap="xs">
          <CopyButton value={secret.secret}>
            {({ copied, copy }) => (
              <Button size="compact-sm" variant="subtle" leftSection={copied ? <IconCheck aria-hidden size={15} /> : <IconCopy aria-hidden size={15} />} onClick={copy}>
                {t(copied ? "copied" : "totp.copy")}
              </Button>
            )}
          </CopyButton>
        </Group>
      </Stack>
    </div>
  );
}
