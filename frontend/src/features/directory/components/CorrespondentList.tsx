import { ActionIcon, Select, Tooltip } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { correspondentsQuery } from "@/features/directory/api/correspondents";
import { CorrespondentDialog } from "@/features/directory/components/CorrespondentDialog";
import { KindIcon } from "@/features/directory/components/KindIcon";
import { KINDS, type CorrespondentKind } from "@/features/directory/types";
import { useMay } from "@/features/session/hooks/useSession";
import { EmptyState, ErrorState, SkeletonRows, useArrowKeys } from "@/ui";
import classes from "./DirectoryList.module.css";

/** Those outside the centre, found by name, organisation and kind. */
export function CorrespondentList({ words, chosen }: { words: string; chosen: string | undefined }) {
  const { t } = useTranslation("directory");
  const mayAdd = useMay("patient.edit");
  const navigate = useNavigate();
  const [kind, setKind] = useState<CorrespondentKind | null>(null);
  const [adding, dialog] = useDisclosure(false);
  const onKeyDown = useArrowKeys();
  const { data, error, isPending, refetch } = useQuery({ ...correspondentsQuery(words, kind), placeholderData: keepPreviousData });
  const open = (id: string) => void navigate({ to: "/annuaire/{-$id}", params: { id }, search: { volet: "correspondants" } });
  const add = mayAdd ? { label: t("correspondent.add"), onClick: dialog.open } : undefined;
  return (
    <>
      <div className={classes.filters}>
        <Select
          clearable
          aria-label={t("correspondent.kindFilter")}
          placeholder={t("correspondent.everyKind")}
          data={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))}
          value={kind}
          onChange={setKind}
        />
        {mayAdd && (
          <Tooltip label={t("correspondent.add")}>
            <ActionIcon size={36} aria-label={t("correspondent.add")} onClick={dialog.open}>
              <IconPlus size={20} stroke={1.7} />
            </ActionIcon>
          </Tooltip>
        )}
      </div>
      <CorrespondentDialog opened={adding} onClose={dialog.close} onDone={({ id }) => open(id)} />
      {isPending && <SkeletonRows rows={6} avatars />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.items.length === 0 && <EmptyState action={add}>{t(words || kind ? "correspondent.nobody" : "correspondent.none")}</EmptyState>}
      {/* eslint-disable-next-line jsx-a11y/no-static-element-interactions -- the keys move the focus between the links inside */}
      <div className={classes.results} onKeyDown={onKeyDown}>
        <ul className={classes.lines}>
          {data?.items.map((one) => (
            <li key={one.id}>
              <Link data-line to="/annuaire/{-$id}" params={{ id: one.id }} search={{ volet: "correspondants" }} className={classes.line} aria-current={one.id === chosen ? "page" : undefined}>
                <span className={classes.icon}>
                  <KindIcon kind={one.kind} />
                </span>
                <span className={classes.words}>
                  <span className={classes.name}>{one.name}</span>
                  <span className={classes.facts}>{[t(`kind.${one.kind}`), one.organisation].filter(Boolean).join(" · ")}</span>
                </span>
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </>
  );
}
