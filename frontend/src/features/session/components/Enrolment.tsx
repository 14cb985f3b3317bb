import { Alert, Anchor, Stack, Text, UnstyledButton } from "@mantine/core";
import { IconChevronRight, IconDeviceMobile, IconKey } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { addPasskey, readCodes } from "@/features/session/api/factors";
import { RecoveryCodes } from "@/features/session/components/RecoveryCodes";
import { TotpSetup } from "@/features/session/components/TotpSetup";
import { useFault } from "@/features/session/hooks/useFault";
import { passkeysWork } from "@/features/session/passkeys";
import classes from "./Enrolment.module.css";

interface EnrolmentProps {
  /** The recovery codes are on the screen. */
  onCodes: () => void;
  onDone: () => Promise<void>;
  onLeave: () => Promise<void>;
}

/** The first sign-in: a key or an application is chosen as the second proof, then the recovery codes are kept. */
export function Enrolment({ onCodes, onDone, onLeave }: EnrolmentProps) {
  const { t } = useTranslation("signin");
  const fault = useFault();
  const [figures, setFigures] = useState(false);
  const [codes, setCodes] = useState<string[] | null>(null);
  const showCodes = async () => {
    setCodes(await readCodes());
    onCodes();
  };
  const key = useMutation({
    mutationFn: async () => {
      await addPasskey();
      await showCodes();
    },
  });
  if (codes) return <RecoveryCodes codes={codes} label={t("codes.enter")} onDone={onDone} />;
  if (figures) return <TotpSetup onDone={showCodes} onBack={() => setFigures(false)} />;
  return (
    <Stack gap="sm">
      {key.error && (
        <Alert color="red" role="alert" variant="light">
          {fault(key.error)}
        </Alert>
      )}
      {passkeysWork() && (
        <Choice icon={<IconKey aria-hidden size={22} stroke={1.7} />} title={t("enrol.passkey")} busy={key.isPending} onClick={() => key.mutate()}>
          {t("enrol.passkeyHelp")}
        </Choice>
      )}
      <Choice icon={<IconDeviceMobile aria-hidden size={22} stroke={1.7} />} title={t("enrol.totp")} busy={key.isPending} onClick={() => setFigures(true)}>
        {t("enrol.totpHelp")}
      </Choice>
      <Anchor component="button" type="button" size="sm" ta="start" onClick={() => void onLeave()}>
        {t("startAgain")}
      </Anchor>
    </Stack>
  );
}

interface ChoiceProps {
  icon: ReactNode;
  title: string;
  busy: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Choice({ icon, title, busy, onClick, children }: ChoiceProps) {
  return (
    <UnstyledButton className={classes.choice} disabled={busy} onClick={onClick}>
      <span className={classes.icon}>{icon}</span>
      <span className={classes.words}>
        <Text component="span" fw={600} display="block">
          {title}
        </Text>
        <Text component="span" size="xs" c="dimmed" display="block">
          {children}
        </Text>
      </span>
      <IconChevronRight aria-hidden size={18} stroke={1.7} />
    </UnstyledButton>
  );
}
