import { Badge, Button, Group, Text } from "@mantine/core";
import { IconBuilding, IconBuildingCommunity, IconDoor, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { organisationsQuery, type Organisation } from "@/features/administration/api/organisations";
import { StructureDialog, type StructureDraft } from "@/features/administration/components/StructureDialog";
import { ErrorState, SkeletonRows } from "@/ui";
import classes from "./Structures.module.css";

const ICONS = { centre: IconBuildingCommunity, site: IconBuilding, unit: IconDoor } as const;
const PART_OF = { centre: "site", site: "unit", unit: null } as const;

/** The centre, its sites and their units, as a tree. */
export function Structures() {
  const { t } = useTranslation("administration");
  const { data, error, isPending, refetch } = useQuery(organisationsQuery);
  const [draft, setDraft] = useState<StructureDraft | null>(null);
  if (isPending) return <SkeletonRows rows={5} />;
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <>
      <Text c="dimmed" mb="md" maw={720}>
        {t("structure.lead")}
      </Text>
      <Branch items={data.items} parent={null} onDraft={setDraft} />
      <StructureDialog draft={draft} onClose={() => setDraft(null)} />
    </>
  );
}

interface BranchProps {
  items: Organisation[];
  parent: string | null;
  onDraft: (draft: StructureDraft) => void;
}

function Branch({ items, parent, onDraft }: BranchProps) {
  const parts = items.filter((item) => item.parent === parent);
  if (parts.length === 0) return null;
  return (
    <ul className={classes.branch} data-root={parent === null || undefined}>
      {parts.map((item) => (
        <li key={item.id}>
          <Node item={item} onDraft={onDraft} />
          <Branch items={items} parent={item.id} onDraft={onDraft} />
        </li>
      ))}
    </ul>
  );
}

function Node({ item, onDraft }: { item: Organisation; onDraft: BranchProps["onDraft"] }) {
  const { t } = useTranslation("administration");
  const Icon = ICONS[item.kind];
  const part = PART_OF[item.kind];
  return (
    <section className={classes.node} aria-label={item.name}>
      <Icon aria-hidden size={20} stroke={1.6} className={classes.icon} />
      <div className={classes.words}>
        <Group gap="xs">
          <Text fw={600}>{item.name}</Text>
          <Text size="xs" c="dimmed">
            {t(`structure.${item.kind}`)} · {t("structure.people", { count: item.people })}
          </Text>
          {item.declared_care_team && <Badge>{t("structure.careTeam")}</Badge>}
        </Group>
        <Text size="xs" c="dimmed">
          {[item.address, item.phone].filter(Boolean).join(" · ")}
        </Text>
        {item.alias !== item.name && (
          <Text size="xs" c="dimmed">
            {t("structure.aliasIs", { alias: item.alias })}
          </Text>
        )}
        {item.security_referent && <Text size="xs">{t("structure.referentIs", { name: item.security_referent.name })}</Text>}
      </div>
      <div className={classes.acts}>
        {part && (
          <Button size="compact-sm" variant="subtle" leftSection={<IconPlus aria-hidden size={14} />} onClick={() => onDraft({ parent: item, kind: part })}>
            {t(`structure.add_${part}`)}
          </Button>
        )}
        <Button size="compact-sm" variant="default" aria-label={t("structure.changeOf", { name: item.name })} onClick={() => onDraft({ organisation: item })}>
          {t("structure.change")}
        </Button>
      </div>
    </section>
  );
}
