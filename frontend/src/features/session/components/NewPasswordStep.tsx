import { Alert, Anchor, Button, PasswordInput, Stack } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { changePassword } from "@/features/session/api/signIn";
import { isReady, NewPasswordFields } from "@/features/session/components/NewPasswordFields";
import { useFault } from "@/features/session/hooks/useFault";

interface NewPasswordStepProps {
  onDone: () => Promise<void>;
  onLeave: () => Promise<void>;
}

/** The password that somebody else chose is replaced by one's own. */
export function NewPasswordStep({ onDone, onLeave }: NewPasswordStepProps) {
  const { t } = useTranslation("signin");
  const fault = useFault();
  const [current, setCurrent] = useState("");
  const [chosen, setChosen] = useState({ next: "", again: "" });
  const change = useMutation({
    mutationFn: async () => {
      await changePassword(current, chosen.next);
      await onDone();
    },
  });
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (isReady(chosen)) change.mutate();
  };
  return (
    <>
      {change.error && (
        <Alert color="red" role="alert" variant="light">
          {fault(change.error)}
        </Alert>
      )}
      <form onSubmit={submit}>
        <Stack gap="sm">
          <PasswordInput
            label={t("newPassword.given")}
            autoComplete="current-password"
            autoFocus
            required
            withAsterisk={false}
            value={current}
            onChange={(event) => setCurrent(event.currentTarget.value)}
          />
          <NewPasswordFields value={chosen} onChange={setChosen} />
          <Button type="submit" loading={change.isPending} disabled={!isReady(chosen)} mt="xs">
            {t("newPassword.save")}
          </Button>
          <Anchor component="button" type="button" size="sm" ta="start" onClick={() => void onLeave()}>
            {t("startAgain")}
          </Anchor>
        </Stack>
      </form>
    </>
  );
}
