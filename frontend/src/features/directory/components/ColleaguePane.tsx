import { Anchor, Button, Text, Title } from "@mantine/core";
import { IconCalendarOff, IconMessage, IconPhone, IconSettings } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

import { ApiError } from "@/api/errors";
import { colleagueQuery } from "@/features/directory/api/people";
import { MyDetails } from "@/features/directory/components/MyDetails";
import { Pane } from "@/features/directory/components/Pane";
import { PersonLink } from "@/features/directory/components/PersonLink";
import { PhotoField } from "@/features/directory/components/PhotoField";
import { PresenceMark } from "@/features/directory/components/PresenceMark";
import { WorkingWeek } from "@/features/directory/components/WorkingWeek";
import { telOf } from "@/features/directory/tel";
import type { Colleague } from "@/features/directory/types";
import { openDirect } from "@/features/messages/api/openDirect";
import { useMay, useMe } from "@/features/session/hooks/useSession";
import { dayAndHour } from "@/i18n/when";
import { EmptyState, ErrorState, PersonAvatar, sayFailed, SkeletonRows, useSentence } from "@/ui";
import classes from "./Pane.module.css";

/** A colleague's page: how to reach them now, and who answers when they are away. */
export function ColleaguePane({ id }: { id: string }) {
  const { t } = useTranslation("directory");
  const { data, error, isPending, refetch } = useQuery(colleagueQuery(id));
  if (data) {
    return (
      <Pane from="collegues" head={<Head person={data} />}>
        <Away person={data} />
        <div className={classes.columns}>
          <Reach person={data} />
          <Work person={data} />
        </div>
      </Pane>
    );
  }
  const unknown = error instanceof ApiError && error.status === 404;
  return (
    <Pane from="collegues" head={null}>
      {isPending && <SkeletonRows avatars />}
      {unknown && <EmptyState>{t("unknown")}</EmptyState>}
      {error && !unknown && <ErrorState error={error} onRetry={() => void refetch()} />}
    </Pane>
  );
}

function Head({ person }: { person: Colleague }) {
  const { t } = useTranslation("directory");
  const me = useMe();
  const manages = useMay("directory.manage");
  return (
    <>
      {person.id === me.id ? <PhotoField person={person} /> : <PersonAvatar person={person} size={72} />}
      <div className={classes.who}>
        <Title order={2} className={classes.name}>
          {person.name}
        </Title>
        <Text>{person.profession}</Text>
        {person.is_active ? <PresenceMark person={person} /> : <Text c="dimmed">{t("former")}</Text>}
      </div>
      <div className={classes.acts}>
        {person.id === me.id && <MyDetails person={person} />}
        {person.phone && person.id !== me.id && (
          <Button component="a" href={telOf(person.phone)} variant="default" leftSection={<IconPhone aria-hidden size={16} stroke={1.8} />}>
            {t("call")}
          </Button>
        )}
        {person.id !== me.id && person.is_active && !person.is_service && <Write to={person.id} />}
        {manages && (
          <Button
            variant="subtle"
            leftSection={<IconSettings aria-hidden size={16} stroke={1.8} />}
            renderRoot={(props) => <Link to="/administration" search={{ volet: "personnes", personne: person.id }} {...props} />}
          >
            {t("manage")}
          </Button>
        )}
      </div>
    </>
  );
}

function Write({ to }: { to: string }) {
  const { t } = useTranslation("directory");
  const mayWrite = useMay("message.post");
  const navigate = useNavigate();
  const sentence = useSentence();
  if (!mayWrite) return null;
  const write = async () => {
    try {
      const { id } = await openDirect(to);
      await navigate({ to: "/messages/{-$id}", params: { id } });
    } catch (error) {
      sayFailed({ message: sentence(error) });
    }
  };
  return (
    <Button leftSection={<IconMessage aria-hidden size={16} stroke={1.8} />} onClick={() => void write()}>
      {t("write")}
    </Button>
  );
}

/** Away: until when, and who takes over meanwhile. */
function Away({ person }: { person: Colleague }) {
  const { t } = useTranslation("directory");
  if (person.presence !== "absent") return null;
  const until = person.absent_until ? dayAndHour(person.absent_until) : null;
  return (
    <section className={classes.notice} aria-label={t("absences.now")}>
      <IconCalendarOff aria-hidden size={20} stroke={1.7} />
      <Text>
        {until ? t("absences.awayUntil", { name: person.name, until }) : t("absences.away", { name: person.name })}{" "}
        {person.delegate ? (
          <>
            {t("absences.delegateIs")}{" "}
            <Anchor underline="always" renderRoot={(props) => <Link to="/annuaire/{-$id}" params={{ id: person.delegate?.id }} search={{}} {...props} />}>{person.delegate.name}</Anchor>.
          </>
        ) : (
          t("absences.noDelegate")
        )}
      </Text>
    </section>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}

function Reach({ person }: { person: Colleague }) {
  const { t } = useTranslation("directory");
  return (
    <section aria-labelledby="reach">
      <Title order={3} id="reach">
        {t("reach")}
      </Title>
      <dl className={classes.facts}>
        <Fact name={t("field.phone")}>{person.phone ? <Anchor href={telOf(person.phone)}>{person.phone}</Anchor> : t("notSaid")}</Fact>
        <Fact name={t("field.email")}>{person.email ? <Anchor href={`mailto:${person.email}`}>{person.email}</Anchor> : t("notSaid")}</Fact>
        {person.rpps && <Fact name={t("field.rpps")}>{person.rpps}</Fact>}
        <Fact name={t("field.sites")}>{person.sites.map(({ name }) => name).join(", ") || t("notSaid")}</Fact>
      </dl>
      <Title order={3} mt="lg">
        {t("hours")}
      </Title>
      <WorkingWeek hours={person.hours} />
    </section>
  );
}

function Work({ person }: { person: Colleague }) {
  const { t } = useTranslation("directory");
  return (
    <section aria-labelledby="teams">
      <Title order={3} id="teams">
        {t("list.equipes")}
      </Title>
      {person.teams.length === 0 && <Text c="dimmed">{t("inNoTeam")}</Text>}
      <ul className={classes.plain}>
        {person.teams.map((team) => (
          <li key={team.id}>
            <Anchor className={classes.team} renderRoot={(props) => <Link to="/annuaire/{-$id}" params={{ id: team.id }} search={{ volet: "equipes" }} {...props} />}>{team.name}</Anchor>
          </li>
        ))}
      </ul>
      {person.presence === "absent" && person.delegate && (
        <>
          <Title order={3} mt="lg">
            {t("absences.delegate")}
          </Title>
          <PersonLink person={person.delegate} />
        </>
      )}
    </section>
  );
}
