import { Checkbox, Group, Select, Text } from "@mantine/core";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import type { RightGroup, Role } from "@/features/administration/api/roles";
import { RoleMenu, type RoleActs } from "@/features/administration/components/RightsMatrix";
import type { Matrix } from "@/features/administration/hooks/useMatrix";
import { isPending, wouldHold } from "@/features/administration/matrix/draft";
import classes from "./RoleSheet.module.css";

interface RoleSheetProps extends RoleActs {
  groups: RightGroup[];
  roles: Role[];
  matrix: Matrix;
}

/** One role at a time, for where a table does not fit. */
export function RoleSheet({ groups, roles, matrix, ...acts }: RoleSheetProps) {
  const { t } = useTranslation("administration");
  const [chosen, setChosen] = useState<string | null>(null);
  const role = roles.find(({ id }) => id === chosen) ?? roles[0];
  if (!role) return null;
  return (
    <>
      <Group wrap="nowrap" align="flex-end" gap="xs">
        <Select flex={1} label={t("roles.role")} allowDeselect={false} data={roles.map(({ id, name }) => ({ value: id, label: name }))} value={role.id} onChange={setChosen} />
        <RoleMenu role={role} {...acts} />
      </Group>
      <Text size="xs" c="dimmed" mt={4}>
        {t("roles.holders", { count: role.people })}
      </Text>
      {groups.map((group) => (
        <fieldset key={group.name} className={classes.group}>
          <legend>{group.name}</legend>
          {group.rights.map((right) => (
            <Checkbox
              key={right.code}
              className={classes.right}
              data-pending={isPending(matrix.draft, role, right.code) || undefined}
              label={<span className={classes.sentence}>{right.sentence}</span>}
              checked={wouldHold(matrix.draft, role, right.code)}
              onChange={() => matrix.flip(role, right.code)}
            />
          ))}
        </fieldset>
      ))}
    </>
  );
}
