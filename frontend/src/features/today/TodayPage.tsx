import { Text } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { MyDay } from "@/features/today/components/MyDay";
import { ToDo } from "@/features/today/components/ToDo";
import { ToFollow } from "@/features/today/components/ToFollow";
import { useWallNow } from "@/features/today/hooks/useWallNow";
import { dayOf } from "@/features/agenda/wall";
import { longDay } from "@/i18n/when";
import { Page } from "@/ui";
import classes from "./TodayPage.module.css";

/** Three columns that answer three questions: what waits for me, what is my day made of, what must I keep an eye on. */
export function TodayPage() {
  const { t } = useTranslation("today");
  const now = useWallNow();
  const date = <Text c="dimmed">{longDay(dayOf(now))}</Text>;
  return (
    <Page title={t("title")} actions={date}>
      <div className={classes.columns}>
        <ToDo today={dayOf(now)} />
        <MyDay now={now} />
        <ToFollow today={dayOf(now)} />
      </div>
    </Page>
  );
}
