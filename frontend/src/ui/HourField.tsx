import { TextInput, type TextInputProps } from "@mantine/core";
import { useState, type KeyboardEvent } from "react";

import { hourOf } from "@/ui/hour";

type HourFieldProps = Omit<TextInputProps, "value" | "onChange"> & {
  /** "14:05", or nothing */
  value: string;
  onChange: (hour: string) => void;
};

/** An hour of the 24-hour clock, whatever the browser's language: typed as 14:05, 14h05 or 1405. */
export function HourField({ value, onChange, ...field }: HourFieldProps) {
  const [typing, setTyping] = useState<string | null>(null);
  const settle = () => {
    if (typing !== null) onChange(hourOf(typing));
    setTyping(null);
  };
  // Enter sends a form without leaving the field
  const onKeyDown = ({ key }: KeyboardEvent) => {
    if (key === "Enter") settle();
  };
  return (
    <TextInput
      inputMode="numeric"
      placeholder="14:05"
      maxLength={6}
      value={typing ?? value}
      onChange={(event) => setTyping(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={onKeyDown}
      {...field}
    />
  );
}
