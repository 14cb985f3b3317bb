import { SegmentedControl, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Block } from "@/features/account/components/Block";
import { saveLanguage, sessionQuery } from "@/features/session/api/session";
import { useMe } from "@/features/session/hooks/useSession";
import type { Language } from "@/i18n";
import { sayFailed, useSentence } from "@/ui";

/** The language in which Liaison speaks to this person, on every device. */
export function Preferences() {
  const { t } = useTranslation("account");
  return (
    <Block title={t("language.title")} lead={t("language.lead")}>
      <LanguageSwitch label={t("language.title")} />
      <Text size="xs" c="dimmed" mt="md">
        {t("language.device")}
      </Text>
    </Block>
  );
}

function LanguageSwitch({ label }: { label: string }) {
  const client = useQueryClient();
  const me = useMe();
  const sentence = useSentence();
  const show = (language: string) =>
    client.setQueryData(sessionQuery.queryKey, (session) => session && { ...session, person: { ...session.person, language } });
  const choose = (language: Language) => {
    const before = me.language;
    show(language);
    saveLanguage(language).catch((error: unknown) => {
      show(before);
      sayFailed({ message: sentence(error) });
    });
  };
  return (
    <SegmentedControl
      mt="sm"
      aria-label={label}
      value={me.language === "en" ? "en" : "fr"}
      data={[
        { value: "fr", label: "Français" },
        { value: "en", label: "English" },
      ]}
      onChange={(language) => choose(language === "en" ? "en" : "fr")}
    />
  );
}
