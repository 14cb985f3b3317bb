import { ActionIcon, Tooltip } from "@mantine/core";
import { IconArrowDown } from "@tabler/icons-react";
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import type { ConversationDetail, Message } from "@/features/messages/api/types";
import { ThreadRow } from "@/features/messages/components/ThreadRow";
import { useMarkRead } from "@/features/messages/hooks/useMarkRead";
import type { Row } from "@/features/messages/rows";
import { useMe } from "@/features/session/hooks/useSession";
import classes from "./MessageList.module.css";

interface MessageListProps {
  rows: Row[];
  conversation: ConversationDetail;
  older: { more: boolean; loading: boolean; fetch: () => void };
  onMakeTask: (message: Message) => void;
}

const NEAR_TOP = 400;
const NEAR_END = 80;

const ESTIMATES: Record<Row["kind"], number> = { day: 44, new: 32, message: 64, outgoing: 64 };

const ordinalOf = (row: Row | undefined): number => (row?.kind === "message" ? row.message.ordinal : 0);

/** A long thread of which only what is near the screen is drawn; it stays at the end when messages arrive. */
export function MessageList({ rows, conversation, older, onMakeTask }: MessageListProps) {
  const { t } = useTranslation("messages");
  const me = useMe();
  const box = useRef<HTMLDivElement>(null);
  // eslint-disable-next-line react-hooks/incompatible-library -- the virtualizer re-renders by itself on purpose
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => box.current,
    estimateSize: (index) => ESTIMATES[rows[index]?.kind ?? "message"],
    getItemKey: (index) => rows[index]?.key ?? index,
    anchorTo: "end",
    followOnAppend: true,
    scrollEndThreshold: NEAR_END,
    overscan: 12,
    paddingEnd: 8,
  });
  const items = virtual.getVirtualItems();
  const atEnd = virtual.isAtEnd(NEAR_END);

  const opened = useRef(false);
  useEffect(() => {
    if (opened.current) return;
    opened.current = true;
    virtual.scrollToEnd();
  }, [virtual]);

  const { more, loading, fetch } = older;
  const nearTop = (virtual.scrollOffset ?? Infinity) < NEAR_TOP && opened.current;
  useEffect(() => {
    if (nearTop && more && !loading) fetch();
  }, [nearTop, more, loading, fetch]);

  const lastSeen = atEnd ? rows.findLast((row) => row.kind === "message") : rows[virtual.range?.endIndex ?? -1];
  useMarkRead(conversation.id, ordinalOf(lastSeen), conversation.members.find((member) => member.id === me.id)?.read_ordinal ?? 0);
  const lastMine = rows.findLast((row) => row.kind === "message" && row.message.author.id === me.id)?.key;

  return (
    <div className={classes.frame}>
      {/* A region that scrolls must be reachable by keyboard. */}
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <div ref={box} className={classes.box} tabIndex={0} role="log" aria-label={t("title")} aria-busy={loading}>
        {loading && <p className={classes.older}>{t("older")}</p>}
        <div className={classes.canvas} style={{ height: virtual.getTotalSize() }}>
          {items.map((item) => {
            const row = rows[item.index];
            return (
              row && (
                <div key={item.key} ref={virtual.measureElement} data-index={item.index} className={classes.row} style={{ transform: `translateY(${item.start}px)` }}>
                  <ThreadRow row={row} members={conversation.members} withReceipts={row.key === lastMine} onMakeTask={onMakeTask} />
                </div>
              )
            );
          })}
        </div>
      </div>
      {!atEnd && opened.current && (
        <Tooltip label={t("toLast")}>
          <ActionIcon className={classes.toLast} variant="default" size={36} aria-label={t("toLast")} onClick={() => virtual.scrollToEnd()}>
            <IconArrowDown size={18} stroke={1.8} />
          </ActionIcon>
        </Tooltip>
      )}
    </div>
  );
}
