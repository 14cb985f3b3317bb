import { Tabs, Text } from "@mantine/core";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { Calendars } from "@/features/account/components/Calendars";
import { Preferences } from "@/features/account/components/Preferences";
import { Programs } from "@/features/account/components/Programs";
import { Security } from "@/features/account/components/Security";
import { Sessions } from "@/features/account/components/Sessions";
import { useMe } from "@/features/session/hooks/useSession";
import { Page } from "@/ui";
import classes from "./AccountPage.module.css";

const PARTS = ["securite", "sessions", "programmes", "calendriers", "preferences"] as const;
type Part = (typeof PARTS)[number];

const CONTENTS: Record<Part, () => ReactNode> = {
  securite: () => <Security />,
  sessions: () => <Sessions />,
  programmes: () => <Programs />,
  calendriers: () => <Calendars />,
  preferences: () => <Preferences />,
};

/** What is each person's own: how they prove who they are, where they are signed in, and how Liaison looks to them. */
export function AccountPage() {
  const { t } = useTranslation("account");
  const { volet } = useSearch({ from: "/compte" });
  const navigate = useNavigate({ from: "/compte" });
  const part = PARTS.find((known) => known === volet) ?? "securite";
  const tabs = useRef<HTMLDivElement>(null);
  useEffect(() => {
    tabs.current?.querySelector("[aria-selected=true]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [part]);
  return (
    <Page title={t("title")} actions={<Whose />}>
      <Tabs className={classes.page} value={part} onChange={(chosen) => void navigate({ search: { volet: chosen ?? undefined } })} keepMounted={false}>
        <Tabs.List ref={tabs} className={classes.tabs} aria-label={t("parts")}>
          {PARTS.map((known) => (
            <Tabs.Tab key={known} value={known}>
              {t(`part.${known}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        {PARTS.map((known) => (
          <Tabs.Panel key={known} value={known} className={classes.panel}>
            {CONTENTS[known]()}
          </Tabs.Panel>
        ))}
      </Tabs>
    </Page>
  );
}

function Whose() {
  const me = useMe();
  return (
    <Text c="dimmed">
      {me.name} · {me.profession}
    </Text>
  );
}
