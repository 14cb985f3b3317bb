import { Button, Group, Text } from "@mantine/core";
import { notifications } from "@mantine/notifications";
import { IconUrgent } from "@tabler/icons-react";
import { useNavigate } from "@tanstack/react-router";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

import type { PatientRef, PersonRef } from "@/api/types";
import { useMe } from "@/features/session/hooks/useSession";
import { hour } from "@/i18n/when";
import type { StreamEvent } from "@/realtime/frames";
import { feed } from "@/realtime/singletons";

interface Emergency {
  patient: PatientRef;
  by: PersonRef;
  reason: string;
  until: string;
}

interface NoticeProps {
  emergency: Emergency;
  onOpen: () => void;
}

/** Who opened whose file, until when and why; it stays until it is closed. */
function Notice({ emergency: { by, until, reason }, onOpen }: NoticeProps) {
  const { t } = useTranslation("patients");
  return (
    <>
      <Text>{t("emergency.notice", { who: by.name, until: hour(until) })}</Text>
      <Text c="dimmed" size="sm">
        {t("emergency.because", { reason })}
      </Text>
      <Group mt={6}>
        <Button size="compact-sm" variant="light" color="red" onClick={onOpen}>
          {t("emergency.see")}
        </Button>
      </Group>
    </>
  );
}

/** Tells the people of a circle, wherever they are in Liaison, that someone opened a file of theirs in an emergency. */
export function EmergencyNotices() {
  const { t } = useTranslation("patients");
  const me = useMe();
  const navigate = useNavigate();
  useEffect(() => {
    const tell = ({ kind, data, stream, seq }: StreamEvent) => {
      if (kind !== "access.emergency") return;
      const emergency = data as unknown as Emergency;
      if (emergency.by.id === me.id) return;
      const id = `emergency-${stream}-${seq}`;
      const open = () => {
        notifications.hide(id);
        void navigate({ to: "/patients/{-$id}", params: { id: emergency.patient.id }, search: {} });
      };
      notifications.show({
        id,
        role: "alert",
        color: "red",
        autoClose: false,
        withBorder: true,
        icon: <IconUrgent aria-hidden size={18} />,
        title: t("emergency.noticeTitle", { name: emergency.patient.name }),
        message: <Notice emergency={emergency} onOpen={open} />,
      });
    };
    return feed.listen({ event: tell });
  }, [me.id, navigate, t]);
  return null;
}
