import { Box, TextInput } from "@mantine/core";
import { IconSearch } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { ProtocolLine } from "@/features/protocols/api/listProtocols";
import { EmptyState, useArrowKeys } from "@/ui";
import classes from "./Library.module.css";

const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Domains in the order of the words file; a domain without words comes under its own name. */
function byDomain(protocols: ProtocolLine[]): [string, ProtocolLine[]][] {
  const groups = new Map<string, ProtocolLine[]>();
  for (const protocol of protocols) groups.set(protocol.domain, [...(groups.get(protocol.domain) ?? []), protocol]);
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}

export function useDomain(): (domain: string) => string {
  const { t } = useTranslation("protocols");
  return (domain) => t(`domain.${domain as "chronique"}`, { defaultValue: domain });
}

/** The protocols by domain: title, year of the source, steps, who is enrolled, what is late. */
export function Library({ protocols, chosen }: { protocols: ProtocolLine[]; chosen: string | undefined }) {
  const { t } = useTranslation("protocols");
  const domain = useDomain();
  const [typed, setTyped] = useState("");
  const onKeyDown = useArrowKeys();
  const found = protocols.filter((protocol) => plain(`${protocol.title} ${domain(protocol.domain)} ${protocol.code}`).includes(plain(typed.trim())));
  return (
    <>
      <div className={classes.search}>
        <TextInput
          data-search
          type="search"
          aria-label={t("search")}
          placeholder={t("search")}
          leftSection={<IconSearch aria-hidden size={16} stroke={1.8} />}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
      </div>
      <Box className={classes.list} onKeyDown={onKeyDown}>
        {found.length === 0 && <EmptyState>{t("nothing")}</EmptyState>}
        {byDomain(found).map(([name, lines]) => (
          <section key={name} aria-labelledby={`domain-${name}`}>
            <h2 id={`domain-${name}`} className={classes.heading}>
              {domain(name)}
            </h2>
            {lines.map((line) => (
              <Line key={line.id} line={line} chosen={line.id === chosen} />
            ))}
          </section>
        ))}
      </Box>
    </>
  );
}

function Line({ line, chosen }: { line: ProtocolLine; chosen: boolean }) {
  const { t } = useTranslation("protocols");
  const facts = [line.source_year, t("steps", { count: line.steps_count }), line.enrolled > 0 ? t("enrolled", { count: line.enrolled }) : ""];
  return (
    <Link to="/protocoles/{-$id}" params={{ id: line.id }} data-line className={classes.line} aria-current={chosen ? "page" : undefined}>
      <span className={classes.title}>{line.title}</span>
      <span className={classes.facts}>
        {facts.filter(Boolean).join(" · ")}
        {line.late > 0 && <span className={classes.late}> · {t("late", { count: line.late })}</span>}
      </span>
    </Link>
  );
}
