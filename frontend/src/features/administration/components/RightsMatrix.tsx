import { ActionIcon, Menu, UnstyledButton } from "@mantine/core";
import { IconChevronDown, IconDots, IconHistory, IconPencil } from "@tabler/icons-react";
import { Fragment, type KeyboardEvent, type ReactNode } from "react";
import { useTranslation } from "react-i18next";

import type { Right, RightGroup, Role } from "@/features/administration/api/roles";
import type { Matrix } from "@/features/administration/hooks/useMatrix";
import { isPending, wouldHold } from "@/features/administration/matrix/draft";
import classes from "./RightsMatrix.module.css";

export interface RoleActs {
  onHistory: (role: string) => void;
  onRename: (role: string) => void;
}
interface RightsMatrixProps extends RoleActs {
  groups: RightGroup[];
  roles: Role[];
  matrix: Matrix;
}

/** Rights by roles; the headings stay while one scrolls, the arrow keys go from box to box. */
export function RightsMatrix({ groups, roles, matrix, ...acts }: RightsMatrixProps) {
  const { t } = useTranslation("administration");
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- a region that scrolls must be reachable by keyboard
    <div className={classes.scroll} role="region" aria-label={t("roles.matrix")} tabIndex={0}>
      {/* eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys move the focus between the boxes inside */}
      <table className={classes.table} onKeyDown={moveFocus}>
        <thead>
          <tr>
            <th scope="col" className={classes.corner}>
              {t("roles.right")}
            </th>
            {roles.map((role) => (
              <RoleHead key={role.id} role={role} {...acts} />
            ))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.name}>
            <tr>
              <th scope="rowgroup" className={classes.group}>
                {group.name}
              </th>
              <td className={classes.groupRest} colSpan={roles.length} />
            </tr>
            {group.rights.map((right) => (
              <tr key={right.code} data-row={right.code}>
                <th scope="row" className={classes.right}>
                  <span>{right.sentence}</span>
                </th>
                {roles.map((role) => (
                  <Fragment key={role.id}>
                    <Cell role={role} right={right} matrix={matrix} />
                  </Fragment>
                ))}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
    </div>
  );
}

function RoleHead({ role, onHistory, onRename }: { role: Role } & RoleActs) {
  const { t } = useTranslation("administration");
  return (
    <th scope="col" className={classes.role}>
      <RoleMenu role={role} onHistory={onHistory} onRename={onRename}>
        <UnstyledButton className={classes.head}>
          <span className={classes.name}>{role.name}</span>
          <span className={classes.holders}>
            {t("roles.holders", { count: role.people })} <IconChevronDown aria-hidden size={13} stroke={2} />
          </span>
        </UnstyledButton>
      </RoleMenu>
    </th>
  );
}

/** What one can do with a role beside its rights. */
export function RoleMenu({ role, onHistory, onRename, children }: { role: Role; children?: ReactNode } & RoleActs) {
  const { t } = useTranslation("administration");
  return (
    <Menu position="bottom-end" withinPortal>
      <Menu.Target>
        {children ?? (
          <ActionIcon size={36} aria-label={t("roles.acts", { role: role.name })}>
            <IconDots size={18} stroke={1.7} />
          </ActionIcon>
        )}
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item leftSection={<IconHistory aria-hidden size={16} stroke={1.8} />} onClick={() => onHistory(role.id)}>
          {t("roles.history")}
        </Menu.Item>
        <Menu.Item leftSection={<IconPencil aria-hidden size={16} stroke={1.8} />} onClick={() => onRename(role.id)}>
          {t("roles.rename")}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function Cell({ role, right, matrix }: { role: Role; right: Right; matrix: Matrix }) {
  const pending = isPending(matrix.draft, role, right.code);
  return (
    <td className={classes.cell} data-pending={pending || undefined}>
      <label className={classes.box}>
        <input
          type="checkbox"
          aria-label={`${role.name} : ${right.sentence}`}
          data-column={role.id}
          checked={wouldHold(matrix.draft, role, right.code)}
          onChange={() => matrix.flip(role, right.code)}
        />
      </label>
    </td>
  );
}

const STEPS: Record<string, [rows: number, columns: number]> = { ArrowDown: [1, 0], ArrowUp: [-1, 0], ArrowRight: [0, 1], ArrowLeft: [0, -1] };

/** From one box to the next in the direction of the arrow. */
function moveFocus(event: KeyboardEvent<HTMLTableElement>): void {
  const step = STEPS[event.key];
  const here = event.target as HTMLElement;
  const row = here.closest("tr[data-row]");
  if (!step || !row || !(here instanceof HTMLInputElement)) return;
  event.preventDefault();
  const rows = [...event.currentTarget.querySelectorAll("tr[data-row]")];
  const boxes = (of: Element | undefined) => [...(of?.querySelectorAll<HTMLInputElement>("input") ?? [])];
  const column = boxes(row).indexOf(here) + step[1];
  boxes(rows[rows.indexOf(row) + step[0]])[column]?.focus();
}
