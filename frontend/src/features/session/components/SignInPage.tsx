import { Alert, Button, PasswordInput, Stack, Text, TextInput, Title } from "@mantine/core";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { doorQuery, sessionQuery, signIn, type DemoPerson } from "@/features/session/api/session";
import { PersonAvatar } from "@/ui/PersonAvatar";
import { useSentence } from "@/ui/useSentence";
import classes from "./SignInPage.module.css";

interface Credentials {
  login: string;
  password: string;
}

/** The door: a login and a password; in demo mode, the people of the demo centre. */
export function SignInPage() {
  const { t } = useTranslation();
  const client = useQueryClient();
  const sentence = useSentence();
  const door = useQuery(doorQuery);
  const entry = useMutation({
    mutationFn: async ({ login, password }: Credentials) => {
      // whoever types faster than the page loads waits for the token first
      await client.query({ ...doorQuery, staleTime: "static" });
      return signIn(login, password);
    },
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  });
  return (
    <main className={classes.page}>
      <div className={classes.card}>
        <Stack gap={4}>
          <Title order={1}>{t("session.title")}</Title>
          <Text c="dimmed">{t("session.lead")}</Text>
        </Stack>
        {entry.error && (
          <Alert color="red" role="alert" variant="light">
            {sentence(entry.error)}
          </Alert>
        )}
        <SignInForm busy={entry.isPending} onSubmit={entry.mutate} />
        {door.data?.demo && <DemoPeople people={door.data.demo_people} busy={entry.isPending} onChoose={entry.mutate} />}
      </div>
    </main>
  );
}

function SignInForm({ busy, onSubmit }: { busy: boolean; onSubmit: (given: Credentials) => void }) {
  const { t } = useTranslation();
  const [login, setLogin] = useState("");
  const [password, setPassword] = useState("");
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    onSubmit({ login, password });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={t("session.login")}
          name="login"
          autoComplete="username"
          autoCapitalize="none"
          autoFocus
          required
          withAsterisk={false}
          value={login}
          onChange={(event) => setLogin(event.currentTarget.value)}
        />
        <PasswordInput
          label={t("session.password")}
          name="password"
          autoComplete="current-password"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        <Button type="submit" loading={busy} mt="xs">
          {t("session.signIn")}
        </Button>
      </Stack>
    </form>
  );
}

interface DemoPeopleProps {
  people: DemoPerson[];
  busy: boolean;
  onChoose: (given: Credentials) => void;
}

const initialsOf = (name: string) =>
  name
    .replace(/^Dr /, "")
    .split(" ")
    .map((word) => word[0] ?? "")
    .join("");

function DemoPeople({ people, busy, onChoose }: DemoPeopleProps) {
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
            <button
              type="button"
              className={classes.person}
              disabled={busy}
              onClick={() => onChoose(person)}
            >
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
