import { Button, Checkbox, CopyButton, Group, Stack, Text } from "@mantine/core";
import { IconCheck, IconCopy, IconDownload, IconPrinter } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { inFours } from "@/features/session/steps";
import { numericDay, today } from "@/i18n/when";
import classes from "./RecoveryCodes.module.css";

interface RecoveryCodesProps {
  codes: string[];
  /** What the last button says. */
  label: string;
  onDone: () => Promise<void> | void;
}

/** The recovery codes, once: copied, printed or downloaded, and only then left behind. */
export function RecoveryCodes({ codes, label, onDone }: RecoveryCodesProps) {
  const { t } = useTranslation("signin");
  const [kept, setKept] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const leave = async () => {
    setLeaving(true);
    await onDone();
  };
  return (
    <Stack gap="md">
      <div className={classes.sheet}>
        <p className={classes.heading}>{t("codes.heading", { date: numericDay(today()) })}</p>
        <ol className={classes.codes} aria-label={t("codes.title")}>
          {codes.map((code) => (
            <li key={code}>{inFours(code)}</li>
          ))}
        </ol>
      </div>
      <Keeping codes={codes} />
      <Text size="sm" c="dimmed">
        {t("codes.once")}
      </Text>
      <Checkbox label={t("codes.kept")} checked={kept} onChange={(event) => setKept(event.currentTarget.checked)} />
      <Button disabled={!kept} loading={leaving} onClick={() => void leave()}>
        {label}
      </Button>
    </Stack>
  );
}

function Keeping({ codes }: { codes: string[] }) {
  const { t } = useTranslation("signin");
  const text = `${t("codes.heading", { date: numericDay(today()) })}\n\n${codes.map(inFours).join("\n")}\n`;
  return (
    <Group gap="xs">
      <CopyButton value={text}>
        {({ copied, copy }) => (
          <Button size="xs" variant="default" leftSection={copied ? <IconCheck aria-hidden size={16} /> : <IconCopy aria-hidden size={16} />} onClick={copy}>
            {t(copied ? "copied" : "codes.copy")}
          </Button>
        )}
      </CopyButton>
      <Button size="xs" variant="default" leftSection={<IconPrinter aria-hidden size={16} />} onClick={printSheet}>
        {t("codes.print")}
      </Button>
      <Button
        size="xs"
        variant="default"
        leftSection={<IconDownload aria-hidden size={16} />}
        component="a"
        href={`data:text/plain;charset=utf-8,${encodeURIComponent(text)}`}
        download={t("codes.file")}
      >
        {t("codes.download")}
      </Button>
    </Group>
  );
}

/** Prints the codes and nothing else of the page. */
function printSheet(): void {
  document.documentElement.dataset.print = "codes";
  window.addEventListener("afterprint", () => delete document.documentElement.dataset.print, { once: true });
  window.print();
}
