import { Alert, Anchor, Button, Divider, Group, Stack, TextInput } from "@mantine/core";
import { IconKey } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { confirmWithCode, confirmWithPasskey, type Progress } from "@/features/session/api/signIn";
import { CodeField } from "@/features/session/components/CodeField";
import { useFault } from "@/features/session/hooks/useFault";
import { passkeysWork } from "@/features/session/passkeys";
import { bareCode, type Way } from "@/features/session/steps";

interface FactorStepProps {
  ways: Way[];
  onProgress: (progress: Progress) => Promise<void>;
  onLeave: () => Promise<void>;
}

/** The second proof: the key of this device, the application's code, or one of the recovery codes. */
export function FactorStep({ ways, onProgress, onLeave }: FactorStepProps) {
  const { t } = useTranslation("signin");
  const fault = useFault();
  const figures = ways.includes("totp");
  const passkey = ways.includes("webauthn") && passkeysWork();
  const [rescue, setRescue] = useState(!figures && !passkey);
  const [wrong, setWrong] = useState(0);
  const proof = useMutation({
    mutationFn: async (code: string | null) => onProgress(code === null ? await confirmWithPasskey() : await confirmWithCode(code)),
    onError: () => setWrong((times) => times + 1),
  });
  const change = () => {
    proof.reset();
    setRescue(!rescue);
  };
  return (
    <>
      {proof.error && (
        <Alert color="red" role="alert" variant="light">
          {fault(proof.error)}
        </Alert>
      )}
      <Stack gap="md">
        {passkey && !rescue && (
          <Button loading={proof.isPending} leftSection={<IconKey aria-hidden size={18} stroke={1.7} />} onClick={() => proof.mutate(null)}>
            {t("factor.passkey")}
          </Button>
        )}
        {passkey && figures && !rescue && <Divider label={t("or")} />}
        {figures && !rescue && <FiguresForm key={wrong} busy={proof.isPending} plain={passkey} onSubmit={proof.mutate} />}
        {rescue && <RescueForm key={wrong} busy={proof.isPending} onSubmit={proof.mutate} />}
        <Group justify="space-between" gap="xs">
          {ways.includes("recovery_codes") && (figures || passkey) && (
            <Anchor component="button" type="button" size="sm" onClick={change}>
              {t(rescue ? "factor.usual" : "factor.rescue")}
            </Anchor>
          )}
          <Anchor component="button" type="button" size="sm" onClick={() => void onLeave()}>
            {t("startAgain")}
          </Anchor>
        </Group>
      </Stack>
    </>
  );
}

function FiguresForm({ busy, plain, onSubmit }: { busy: boolean; plain: boolean; onSubmit: (code: string) => void }) {
  const { t } = useTranslation("signin");
  const [code, setCode] = useState("");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSubmit(code);
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <CodeField value={code} onChange={setCode} onComplete={onSubmit} />
        <Button type="submit" loading={busy} variant={plain ? "default" : "filled"}>
          {t("factor.check")}
        </Button>
      </Stack>
    </form>
  );
}

function RescueForm({ busy, onSubmit }: { busy: boolean; onSubmit: (code: string) => void }) {
  const { t } = useTranslation("signin");
  const [code, setCode] = useState("");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSubmit(bareCode(code));
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t("factor.rescueLabel")}
          description={t("factor.rescueHelp")}
          autoComplete="off"
          autoFocus
          required
          withAsterisk={false}
          value={code}
          onChange={(event) => setCode(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy}>
          {t("factor.check")}
        </Button>
      </Stack>
    </form>
  );
}
