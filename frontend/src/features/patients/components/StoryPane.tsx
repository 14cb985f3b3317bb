import { Button, Chip, Group, Stack } from "@mantine/core";
import { useInfiniteQuery, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { conversationsQuery } from "@/features/messages/api/conversations";
import { patientKey } from "@/features/patients/api/patient";
import { storyQuery } from "@/features/patients/api/story";
import { StoryList } from "@/features/patients/components/StoryList";
import type { Patient, StoryKind } from "@/features/patients/types";
import { readAgain } from "@/realtime/readAgain";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui";
import classes from "./StoryPane.module.css";

/** What one looks for; emergencies and transfers are told among the rest. */
const KINDS = ["message", "task", "appointment", "mail", "step"] as const;

interface StoryPaneProps {
  patient: Patient;
  onWrite: () => void;
}

/** Everything that happened around a patient, in order, with filters. */
export function StoryPane({ patient, onWrite }: StoryPaneProps) {
  const { t } = useTranslation("patients");
  const [kinds, setKinds] = useState<StoryKind[]>([]);
  const story = useInfiniteQuery(storyQuery(patient.id, kinds));
  useMessagesInStory(patient);
  const entries = story.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <Stack gap={0}>
      <Group gap={6} className={classes.filters} role="group" aria-label={t("story.filter")}>
        {KINDS.map((kind) => (
          <Chip
            key={kind}
            size="xs"
            variant="outline"
            checked={kinds.includes(kind)}
            onChange={(on) => setKinds(KINDS.filter((one) => (one === kind ? on : kinds.includes(one))))}
          >
            {t(`story.kinds.${kind}`)}
          </Chip>
        ))}
      </Group>
      {story.isPending && <SkeletonRows avatars />}
      {story.isError && <ErrorState error={story.error} onRetry={() => void story.refetch()} />}
      {story.data && entries.length === 0 && kinds.length > 0 && (
        <EmptyState action={{ label: t("story.showAll"), onClick: () => setKinds([]) }}>{t("story.emptyFiltered")}</EmptyState>
      )}
      {story.data && entries.length === 0 && kinds.length === 0 && (
        <EmptyState action={{ label: t("story.writeFirst"), onClick: onWrite }}>{t("story.empty")}</EmptyState>
      )}
      <StoryList entries={entries} />
      {story.hasNextPage && (
        <Button variant="subtle" m="md" loading={story.isFetchingNextPage} onClick={() => void story.fetchNextPage()}>
          {t("story.earlier")}
        </Button>
      )}
    </Stack>
  );
}

/** Messages are told on the conversation's own stream: whenever its last one is another, the story is read again. */
function useMessagesInStory({ id, conversation_id }: Patient): void {
  const client = useQueryClient();
  const conversations = useQuery(conversationsQuery).data?.items;
  const conversation = conversations?.find((one) => one.patient?.id === id || one.id === conversation_id);
  const last = conversation && `${conversation.id} ${conversation.last_ordinal}`;
  const told = useRef(last);
  useEffect(() => {
    if (!last || last === told.current) return;
    told.current = last;
    void readAgain(client, { queryKey: ["story", id] });
  }, [client, id, last]);
  useEffect(() => {
    if (last && !conversation_id) void readAgain(client, { queryKey: patientKey(id) });
  }, [client, id, conversation_id, last]);
}
