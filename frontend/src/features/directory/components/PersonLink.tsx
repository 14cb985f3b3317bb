import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";

import type { PersonRef } from "@/api/types";
import { PersonAvatar } from "@/ui";
import list from "./DirectoryList.module.css";
import classes from "./Pane.module.css";

/** A colleague in a line that opens their page of the directory. */
export function PersonLink({ person, children }: { person: PersonRef; children?: ReactNode }) {
  return (
    <Link to="/annuaire/{-$id}" params={{ id: person.id }} search={{}} className={classes.person}>
      <PersonAvatar person={person} size={32} />
      <span className={list.words}>
        <span className={list.name}>{person.name}</span>
        <span className={list.facts}>{children ?? person.profession}</span>
      </span>
    </Link>
  );
}
