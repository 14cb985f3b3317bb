import { PasswordInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

export interface NewPassword {
  next: string;
  again: string;
}

interface NewPasswordFieldsProps {
  value: NewPassword;
  onChange: (value: NewPassword) => void;
}

export const LEAST = 12;

/** Long enough, and typed the same twice. */
export const isReady = ({ next, again }: NewPassword): boolean => next.length >= LEAST && next === again;

/** A new password, typed twice; says at once when the two differ. */
export function NewPasswordFields({ value, onChange }: NewPasswordFieldsProps) {
  const { t } = useTranslation("signin");
  const differs = value.again.length >= value.next.length && value.again !== "" && value.again !== value.next;
  return (
    <>
      <PasswordInput
        label={t("newPassword.next")}
        description={t("newPassword.help", { count: LEAST })}
        autoComplete="new-password"
        required
        withAsterisk={false}
        minLength={LEAST}
        value={value.next}
        onChange={(event) => onChange({ ...value, next: event.currentTarget.value })}
      />
      <PasswordInput
        label={t("newPassword.again")}
        autoComplete="new-password"
        required
        withAsterisk={false}
        value={value.again}
        error={differs ? t("newPassword.differs") : undefined}
        onChange={(event) => onChange({ ...value, again: event.currentTarget.value })}
      />
    </>
  );
}
