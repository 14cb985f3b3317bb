import { SegmentedControl, Stack, Text, Title } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { Calendars } from "@/features/administration/components/Calendars";
import { saveLanguage, sessionQuery } from "@/features/session/api/session";
import { useMe } from "@/features/session/hooks/useSession";
import type { Language } from "@/i18n";
import { sayFailed, useSentence } from "@/ui";
import classes from "./Block.module.css";

/** What is each person's own: the language, and the private addresses of their calendars. */
export function Account() {
  const { t } = useTranslation("administration");
  return (
    <Stack gap="md" maw={720}>
      <section className={classes.block} aria-labelledby="language">
        <Title order={2} id="language" mb="sm">
          {t("account.language")}
        </Title>
        <LanguageSwitch />
      </section>
      <section className={classes.block} aria-labelledby="calendars">
        <Title order={2} id="calendars" mb={4}>
          {t("account.calendars")}
        </Title>
        <Text c="dimmed" mb="md">
          {t("account.lead")}
        </Text>
        <Calendars />
      </section>
    </Stack>
  );
}

function LanguageSwitch() {
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
      aria-labelledby="language"
      value={me.language === "en" ? "en" : "fr"}
      data={[
        { value: "fr", label: "Français" },
        { value: "en", label: "English" },
      ]}
      onChange={(language) => choose(language === "en" ? "en" : "fr")}
    />
  );
}
