import { Text, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { DemoPerson } from "@/features/session/api/session";
import { PersonAvatar } from "@/ui/PersonAvatar";
import classes from "./SignInPage.module.css";

interface DemoPeopleProps {
  people: DemoPerson[];
  busy: boolean;
  onChoose: (given: DemoPerson) => void;
}

const initialsOf = (name: string) =>
  name
    .replace(/^Dr /, "")
    .split(" ")
    .map((word) => word[0] ?? "")
    .join("");

/** Who can be tried in the demo centre, each by one press. */
export function DemoPeople({ people, busy, onChoose }: DemoPeopleProps) {
  const { t } = useTranslation();
  return (
    <section className={classes.demo} aria-labelledby="demo-title">
      <Title order={2} id="demo-title">
        {t("session.demo")}
      </Title>
      <Text c="dimmed" size="xs">
        {t("session.demoLead")}
      </Text>
      <ul className={classes.people}>
        {people.map((person) => (
          <li key={person.login}>
            <button type="button" className={classes.person} disabled={busy} onClick={() => onChoose(person)}>
              <PersonAvatar person={{ name: person.name, initials: initialsOf(person.name) }} />
              <span>
                <span className={classes.name}>{person.name}</span>
                <span className={classes.profession}>{person.profession}</span>
              </span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
