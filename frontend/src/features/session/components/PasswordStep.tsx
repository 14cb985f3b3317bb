import { Alert, Button, Divider, PasswordInput, Stack, TextInput } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { doorQuery, type Door } from "@/features/session/api/session";
import { signInWithPasskey, signInWithPassword, type Progress } from "@/features/session/api/signIn";
import { DemoPeople } from "@/features/session/components/DemoPeople";
import { Notice } from "@/features/session/components/Notice";
import { ProviderButton } from "@/features/session/components/ProviderButton";
import { useFault } from "@/features/session/hooks/useFault";
import { passkeysWork } from "@/features/session/passkeys";

interface Credentials {
  login: string;
  password: string;
}

/** The ways in: a login and a password, a key of this device, the professionals' identity provider, the demo's people. */
export function PasswordStep({ onProgress }: { onProgress: (progress: Progress) => Promise<void> }) {
  const client = useQueryClient();
  const fault = useFault();
  const door = useQuery(doorQuery).data;
  const entry = useMutation({
    mutationFn: async (given: Credentials | "passkey") => {
      // whoever types faster than the page loads waits for it: its answer may bring a cookie
      await client.query({ ...doorQuery, staleTime: "static" });
      await onProgress(given === "passkey" ? await signInWithPasskey() : await signInWithPassword(given.login, given.password));
    },
  });
  return (
    <>
      {entry.error ? (
        <Alert color="red" role="alert" variant="light">
          {fault(entry.error)}
        </Alert>
      ) : (
        <Notice />
      )}
      <Stack gap="md">
        <SignInForm busy={entry.isPending} onSubmit={entry.mutate} />
        <OtherWays door={door} busy={entry.isPending} onPasskey={() => entry.mutate("passkey")} />
      </Stack>
      {door?.demo && <DemoPeople people={door.demo_people} busy={entry.isPending} onChoose={entry.mutate} />}
    </>
  );
}

function OtherWays({ door, busy, onPasskey }: { door: Door | undefined; busy: boolean; onPasskey: () => void }) {
  const { t } = useTranslation("signin");
  const providers = door?.ways.providers ?? [];
  const passkey = passkeysWork() && door?.ways.passkey !== false;
  if (!passkey && providers.length === 0) return null;
  return (
    <>
      <Divider label={t("or")} />
      <Stack gap="xs">
        {passkey && (
          <Button variant="default" disabled={busy} leftSection={<IconKey aria-hidden size={18} stroke={1.7} />} onClick={onPasskey}>
            {t("passkey")}
          </Button>
        )}
        {providers.map((provider) => (
          <ProviderButton key={provider.id} provider={provider} />
        ))}
      </Stack>
    </>
  );
}

function SignInForm({ busy, onSubmit }: { busy: boolean; onSubmit: (given: Credentials) => void }) {
  const { t } = useTranslation();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSubmit({ login, password });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t("session.login")}
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          autoFocus
          required
          withAsterisk={false}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("session.password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy} mt="xs">
          {t("session.signIn")}
        </Button>
      </Stack>
    </form>
  );
}
