import { ActionIcon, FileButton, Menu } from "@mantine/core";
import { IconCamera } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { useRef } from "react";
import { useTranslation } from "react-i18next";

import { removePhoto, sendPhoto } from "@/features/directory/api/photos";
import type { Colleague } from "@/features/directory/types";
import { PersonAvatar, sayDone, sayFailed, useSentence } from "@/ui";
import classes from "./PhotoField.module.css";

const LARGEST = 2 * 1024 * 1024;

/** Somebody's photo or initials, and the way to change them. */
export function PhotoField({ person }: { person: Colleague }) {
  const { t } = useTranslation("directory");
  const client = useQueryClient();
  const sentence = useSentence();
  const openFiles = useRef<() => void>(() => undefined);
  const act = async (write: () => Promise<unknown>, done: string) => {
    try {
      await write();
      sayDone(done);
    } catch (error) {
      sayFailed({ message: sentence(error) });
    }
    await client.invalidateQueries({ queryKey: ["people"] });
  };
  const choose = (file: File | null) => {
    if (!file) return;
    if (file.size > LARGEST) sayFailed({ message: t("photo.tooLarge") });
    else void act(() => sendPhoto(person.id, file), t("photo.saved"));
  };
  return (
    <div className={classes.photo}>
      <PersonAvatar person={person} size={72} />
      <FileButton onChange={choose} accept="image/jpeg,image/png,image/webp">
        {({ onClick }) => {
          openFiles.current = onClick;
          return null;
        }}
      </FileButton>
      <Menu position="bottom-start">
        <Menu.Target>
          <ActionIcon size={28} radius="50%" variant="default" className={classes.change} aria-label={t("photo.change")}>
            <IconCamera size={16} stroke={1.7} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => openFiles.current()}>{t("photo.choose")}</Menu.Item>
          {person.photo && <Menu.Item onClick={() => void act(() => removePhoto(person.id), t("photo.removed"))}>{t("photo.remove")}</Menu.Item>}
        </Menu.Dropdown>
      </Menu>
    </div>
  );
}
