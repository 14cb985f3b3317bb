import { Avatar } from "@mantine/core";

import type { PersonRef } from "@/api/types";
import classes from "./PersonAvatar.module.css";

interface PersonAvatarProps {
  person: Pick<PersonRef, "name" | "initials"> | null;
  size?: number;
}

/** A colleague's initials; the name is always written beside it, so it is only drawn. */
export function PersonAvatar({ person, size = 34 }: PersonAvatarProps) {
  return (
    <Avatar aria-hidden className={classes.avatar} size={size} radius="50%" alt="">
      {person?.initials ?? "·"}
    </Avatar>
  );
}
