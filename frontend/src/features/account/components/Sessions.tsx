import { Badge, Button } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconDeviceDesktop, IconDeviceMobile } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { endOtherSessions, endSession, sessionsQuery, type OpenSession } from "@/features/account/api/sessions";
import { Block, Line, Lines } from "@/features/account/components/Block";
import { Question } from "@/features/account/components/Question";
import { useAct } from "@/features/account/hooks/useAct";
import { dayAndHour, recently } from "@/i18n/when";
import { ErrorState, SkeletonRows } from "@/ui";

/** Where this person is signed in; any of it can be ended from here. */
export function Sessions() {
  const { t } = useTranslation("account");
  const { data, error, isPending, refetch } = useQuery(sessionsQuery);
  const { busy, run } = useAct(sessionsQuery.queryKey);
  const [asking, question] = useDisclosure(false);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={3} />;
  const here = data.items.filter((session) => session.current);
  const elsewhere = data.items.filter((session) => !session.current);
  const others = elsewhere.length;
  const endOthers = others > 0 && (
    <Button size="xs" variant="light" color="red" loading={busy} onClick={question.open}>
      {t("sessions.endOthers")}
    </Button>
  );
  return (
    <Block title={t("sessions.title")} lead={t("sessions.lead")} action={endOthers}>
      <Lines label={t("sessions.title")}>
        {[...here, ...elsewhere].map((session) => (
          <SessionLine key={session.id} session={session} busy={busy} onEnd={() => void run(() => endSession(session.id), t("sessions.ended"))} />
        ))}
      </Lines>
      <Question
        opened={asking}
        title={t("sessions.endOthersQuestion", { count: others })}
        consequence={t("sessions.endConsequence")}
        act={t("sessions.endOthers")}
        onAct={() => void run(endOtherSessions, t("sessions.endedOthers"))}
        onClose={question.close}
      />
    </Block>
  );
}

const isPhone = (device: string) => /iPhone|Android|iPad/.test(device);

function SessionLine({ session, busy, onEnd }: { session: OpenSession; busy: boolean; onEnd: () => void }) {
  const { t } = useTranslation("account");
  const Icon = isPhone(session.device) ? IconDeviceMobile : IconDeviceDesktop;
  const opened = t("sessions.opened", { date: dayAndHour(session.created_at) });
  const seen = session.current ? null : t("sessions.seen", { when: recently(session.seen_at) });
  return (
    <Line
      icon={<Icon aria-hidden size={20} stroke={1.7} />}
      title={session.device || t("sessions.unknownDevice")}
      detail={[session.address, opened, seen].filter(Boolean).join(" · ")}
      acts={
        session.current ? (
          <Badge color="teal">{t("sessions.current")}</Badge>
        ) : (
          <Button size="compact-sm" variant="subtle" color="red" disabled={busy} aria-label={t("sessions.endNamed", { device: session.device })} onClick={onEnd}>
            {t("sessions.end")}
          </Button>
        )
      }
    />
  );
}
