import { Title } from "@mantine/core";
import {
  IconAffiliate,
  IconBuilding,
  IconCalendarOff,
  IconChartBar,
  IconHistory,
  IconKey,
  IconServer2,
  IconUsers,
  IconUsersGroup,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { usePartGroups, type Part } from "@/features/administration/hooks/useParts";
import { useArrowKeys } from "@/ui";
import classes from "./PartNav.module.css";

const ICONS: Record<Part, typeof IconUsers> = {
  personnes: IconUsers,
  absences: IconCalendarOff,
  equipes: IconUsersGroup,
  structures: IconBuilding,
  roles: IconKey,
  comptes: IconServer2,
  etablissement: IconAffiliate,
  journal: IconHistory,
  indicateurs: IconChartBar,
};

/** The parts of the administration, under their headings. */
export function PartNav({ chosen }: { chosen: Part }) {
  const { t } = useTranslation("administration");
  const onKeyDown = useArrowKeys();
  return (
    // eslint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- the keys move the focus between the links inside
    <nav className={classes.nav} aria-label={t("parts")} onKeyDown={onKeyDown}>
      <Title order={1} className={classes.title}>
        {t("title")}
      </Title>
      {usePartGroups().map(({ name, parts }) => (
        <section key={name} aria-labelledby={`group-${name}`}>
          <h2 className={classes.group} id={`group-${name}`}>
            {t(`group.${name}`)}
          </h2>
          <ul className={classes.parts}>
            {parts.map((part) => (
              <PartLink key={part} part={part} chosen={part === chosen} />
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function PartLink({ part, chosen }: { part: Part; chosen: boolean }) {
  const { t } = useTranslation("administration");
  const Icon = ICONS[part];
  return (
    <li>
      <Link data-line to="/administration" search={{ volet: part }} className={classes.part} aria-current={chosen ? "page" : undefined}>
        <Icon aria-hidden size={18} stroke={1.7} />
        {t(`part.${part}`)}
      </Link>
    </li>
  );
}
