import { Alert, Button, Modal, PasswordInput, SegmentedControl, Stack, Text } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import { useEffect, useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { whenProofIsAsked } from "@/api/proof";
import { doorQuery } from "@/features/session/api/session";
import { factorsQuery, type Factor } from "@/features/session/api/factors";
import { proveByCode, proveByPasskey, proveByPassword } from "@/features/session/api/signIn";
import { CodeField } from "@/features/session/components/CodeField";
import { ProviderButton } from "@/features/session/components/ProviderButton";
import { useFault } from "@/features/session/hooks/useFault";
import { passkeysWork } from "@/features/session/passkeys";

type Way = "passkey" | "code" | "password";
type Answer = (proved: boolean) => void;

/** "Is it really you?" before a sensitive act; what was asked goes on by itself once it is proved. */
export function ReauthenticationDialog() {
  const { t } = useTranslation("signin");
  const [answer, setAnswer] = useState<{ give: Answer } | null>(null);
  useEffect(() => {
    whenProofIsAsked(() => new Promise<boolean>((resolve) => setAnswer({ give: resolve })));
    return () => whenProofIsAsked(() => Promise.resolve(false));
  }, []);
  const close = (proved: boolean) => {
    answer?.give(proved);
    setAnswer(null);
  };
  return (
    <Modal opened={answer !== null} onClose={() => close(false)} title={t("proof.title")} zIndex={400}>
      {answer && <Proof onProved={() => close(true)} onGiveUp={() => close(false)} />}
    </Modal>
  );
}

/** The ways this person has, the quickest first; a password is always one. */
function waysOf(factors: Factor[]): Way[] {
  const has = (type: Factor["type"]) => factors.some((factor) => factor.type === type);
  const ways: Way[] = [];
  if (has("webauthn") && passkeysWork()) ways.push("passkey");
  if (has("totp")) ways.push("code");
  return [...ways, "password"];
}

function Proof({ onProved, onGiveUp }: { onProved: () => void; onGiveUp: () => void }) {
  const { t } = useTranslation("signin");
  const fault = useFault();
  const factors = useQuery(factorsQuery);
  const providers = useQuery(doorQuery).data?.ways.providers ?? [];
  const ways = waysOf(factors.data ?? []);
  const [chosen, setChosen] = useState<Way | null>(null);
  const way = chosen ?? ways[0] ?? "password";
  const [wrong, setWrong] = useState(0);
  const proof = useMutation({
    mutationFn: (act: () => Promise<unknown>) => act(),
    onSuccess: onProved,
    onError: () => setWrong((times) => times + 1),
  });
  const choose = (other: Way) => {
    proof.reset();
    setChosen(other);
  };
  if (factors.isPending) return null;
  return (
    <Stack gap="md">
      <Text c="dimmed">{t("proof.lead")}</Text>
      {proof.error && (
        <Alert color="red" role="alert" variant="light">
          {fault(proof.error)}
        </Alert>
      )}
      {ways.length > 1 && (
        <SegmentedControl
          fullWidth
          aria-label={t("proof.ways")}
          value={way}
          data={ways.map((known) => ({ value: known, label: t(`proof.${known}`) }))}
          onChange={choose}
        />
      )}
      {way === "passkey" ? (
        <Button loading={proof.isPending} leftSection={<IconKey aria-hidden size={18} stroke={1.7} />} onClick={() => proof.mutate(proveByPasskey)}>
          {t("factor.passkey")}
        </Button>
      ) : (
        <Typed key={`${way} ${wrong}`} way={way} busy={proof.isPending} onSubmit={(typed) => proof.mutate(() => (way === "code" ? proveByCode(typed) : proveByPassword(typed)))} />
      )}
      {providers.map((provider) => (
        <ProviderButton key={provider.id} provider={provider} />
      ))}
      <Button variant="default" onClick={onGiveUp}>
        {t("proof.giveUp")}
      </Button>
    </Stack>
  );
}

function Typed({ way, busy, onSubmit }: { way: Way; busy: boolean; onSubmit: (typed: string) => void }) {
  const { t } = useTranslation("signin");
  const { t: common } = useTranslation();
  const [typed, setTyped] = useState("");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSubmit(typed);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        {way === "code" ? (
          <CodeField value={typed} onChange={setTyped} onComplete={onSubmit} />
        ) : (
          <PasswordInput
            label={common("session.password")}
            autoComplete="current-password"
            data-autofocus
            required
            withAsterisk={false}
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
        )}
        <Button type="submit" loading={busy}>
          {t("proof.confirm")}
        </Button>
      </Stack>
    </form>
  );
}
