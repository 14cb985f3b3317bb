import { TextInput } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { bareCode } from "@/features/session/steps";

const FIGURES = 6;

interface CodeFieldProps {
  value: string;
  onChange: (code: string) => void;
  /** The sixth figure has been typed. */
  onComplete: (code: string) => void;
  error?: string | undefined;
  disabled?: boolean;
}

/** Six figures from the application; checked as soon as they are there. */
export function CodeField({ value, onChange, onComplete, error, disabled }: CodeFieldProps) {
  const { t } = useTranslation("signin");
  const type = (typed: string) => {
    const code = bareCode(typed);
    onChange(code);
    if (code.length === FIGURES && code !== value) onComplete(code);
  };
  return (
    <TextInput
      label={t("code.label")}
      description={t("code.help")}
      inputMode="numeric"
      autoComplete="one-time-code"
      autoFocus
      required
      withAsterisk={false}
      maxLength={FIGURES + 2}
      disabled={disabled}
      error={error}
      value={value}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
