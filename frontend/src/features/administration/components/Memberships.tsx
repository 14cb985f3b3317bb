import { Badge, Button, Group, Text, Title } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { endMembership, membershipsQuery, type Membership } from "@/features/administration/api/people";
import { AskFirst } from "@/features/administration/components/AskFirst";
import { EndDialog } from "@/features/administration/components/EndDialog";
import { MembershipDialog } from "@/features/administration/components/MembershipDialog";
import { useAct } from "@/features/administration/hooks/useSending";
import { phaseOf } from "@/features/administration/periods";
import type { Colleague } from "@/features/directory/types";
import { useMe } from "@/features/session/hooks/useSession";
import { dayAndHour } from "@/i18n/when";
import { ErrorState, SkeletonRows } from "@/ui";
import { useNow } from "@/ui/useNow";
import shared from "./Block.module.css";
import classes from "./PersonSheet.module.css";

/** The roles of one person, where and for how long; those that are over stay to be read. */
export function Memberships({ person }: { person: Colleague }) {
  const { t } = useTranslation("administration");
  const me = useMe();
  const [adding, dialog] = useDisclosure(false);
  const [all, setAll] = useState(false);
  const { data, error, isPending, refetch, dataUpdatedAt } = useQuery(membershipsQuery(person.id));
  const now = Math.max(useNow(2_000), dataUpdatedAt);
  const items = data?.items ?? [];
  const current = items.filter((item) => phaseOf(item, now) !== "over");
  const over = items.length - current.length;
  return (
    <section aria-labelledby="memberships">
      <Group justify="space-between">
        <Title order={3} id="memberships">
          {t("membership.title")}
        </Title>
        {person.id !== me.id && (
          <Button size="compact-sm" variant="default" onClick={dialog.open}>
            {t("membership.add")}
          </Button>
        )}
      </Group>
      {isPending && <SkeletonRows rows={2} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && current.length === 0 && <Text c="dimmed">{t("membership.none")}</Text>}
      <ul className={shared.plain}>
        {(all ? items : current).map((item) => (
          <MembershipLine key={item.id} membership={item} person={person} now={now} />
        ))}
      </ul>
      {over > 0 && (
        <Button mt="xs" size="compact-sm" variant="subtle" aria-expanded={all} onClick={() => setAll(!all)}>
          {all ? t("membership.hideOver") : t("membership.showOver", { count: over })}
        </Button>
      )}
      <MembershipDialog opened={adding} onClose={dialog.close} person={person} />
    </section>
  );
}

function MembershipLine({ membership, person, now }: { membership: Membership; person: Colleague; now: number }) {
  const { t } = useTranslation("administration");
  const me = useMe();
  const phase = phaseOf(membership, now);
  const { valid_from, valid_until } = membership;
  const span = valid_until ? t("membership.span", { from: dayAndHour(valid_from), until: dayAndHour(valid_until) }) : t("membership.since", { from: dayAndHour(valid_from) });
  return (
    <li className={classes.line} data-over={phase === "over" || undefined}>
      <div>
        <Group gap="xs">
          <Text fw={550}>
            {membership.role.name} · {membership.organisation.name}
          </Text>
          {phase === "later" && <Badge>{t("membership.later")}</Badge>}
          {phase === "over" && <Badge color="gray">{t("membership.over")}</Badge>}
        </Group>
        <Text size="xs" c="dimmed">
          {span}
        </Text>
      </div>
      {phase !== "over" && person.id !== me.id && <MembershipActs membership={membership} person={person} begun={phase === "now"} />}
    </li>
  );
}

function MembershipActs({ membership, person, begun }: { membership: Membership; person: Colleague; begun: boolean }) {
  const { t } = useTranslation("administration");
  const act = useAct({ touches: [["people"], ["roles"]] });
  const [editing, dialog] = useDisclosure(false);
  const role = membership.role.name;
  return (
    <div className={classes.acts}>
      <Button size="compact-sm" variant="default" aria-label={t("membership.changeEndOf", { role })} onClick={dialog.open}>
        {t("membership.changeEnd")}
      </Button>
      <AskFirst
        severe
        size="compact-sm"
        variant="subtle"
        act={t(begun ? "membership.end" : "membership.withdraw")}
        label={t(begun ? "membership.endOf" : "membership.withdrawOf", { role })}
        question={t(begun ? "membership.endQuestion" : "membership.withdrawQuestion", { role, name: person.name })}
        consequence={t(begun ? "membership.endConsequence" : "membership.withdrawConsequence", { role, name: person.name })}
        onYes={() => void act(() => endMembership(membership.id), t(begun ? "membership.ended" : "membership.withdrawn"))}
      />
      <EndDialog opened={editing} onClose={dialog.close} membership={membership} />
    </div>
  );
}
