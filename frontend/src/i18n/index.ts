import i18next, { type i18n } from "i18next";
import { initReactI18next } from "react-i18next";

import { fr } from "@/words/fr";

export type Language = "fr" | "en";
const LANGUAGE_KEY = "liaison.language";

export const languageNow = (): Language => (i18next.language === "en" ? "en" : "fr");

const remembered = (): Language => (localStorage.getItem(LANGUAGE_KEY) === "en" ? "en" : "fr");

/** French is part of the first load; English is fetched by those who chose it. */
async function words(language: Language): Promise<void> {
  if (language === "fr" || i18next.hasResourceBundle("en", "common")) return;
  const { en } = await import("@/words/en");
  for (const [namespace, bundle] of Object.entries(en)) i18next.addResourceBundle("en", namespace, bundle);
}

export async function startLanguage(): Promise<i18n> {
  await i18next.use(initReactI18next).init({
    resources: { fr },
    lng: "fr",
    fallbackLng: "fr",
    defaultNS: "common",
    interpolation: { escapeValue: false },
    react: { useSuspense: false },
  });
  await chooseLanguage(remembered());
  return i18next;
}

export async function chooseLanguage(language: Language): Promise<void> {
  await words(language);
  await i18next.changeLanguage(language);
  localStorage.setItem(LANGUAGE_KEY, language);
  document.documentElement.lang = language;
}
