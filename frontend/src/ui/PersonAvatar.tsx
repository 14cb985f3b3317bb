import { Avatar } from "@mantine/core";

import type { PersonRef } from "@/api/types";
import classes from "./PersonAvatar.module.css";

interface PersonAvatarProps {
  person: (Pick<PersonRef, "name" | "initials"> & { photo?: string | null }) | null;
  size?: number;
}

/** A colleague's photo or initials; the name is always written beside it, so it is only drawn. */
export function PersonAvatar({ person, size = 34 }: PersonAvatarProps) {
  return (
    <Avatar aria-hidden className={classes.avatar} size={size} radius="50%" alt="" src={person?.photo ?? undefined}>
      {person?.initials ?? "·"}
    </Avatar>
  );
}
