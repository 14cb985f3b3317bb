import { Button, Group, Menu, Modal, SegmentedControl, Stack, Text, UnstyledButton, VisuallyHidden, useMantineColorScheme } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconLogout, IconUserCircle } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { useDensity } from "@/app/shell/useDensity";
import { saveLanguage, sessionQuery } from "@/features/session/api/session";
import { useMe } from "@/features/session/hooks/useSession";
import { useSignOut } from "@/features/session/hooks/useSignOut";
import { languageNow, type Language } from "@/i18n";
import { useOutbox } from "@/realtime/messagesOut";
import { PersonAvatar } from "@/ui/PersonAvatar";
import classes from "./AccountMenu.module.css";

/** Who is at this screen, how the screen looks, and the way out. */
export function AccountMenu({ named = false, onGone }: { named?: boolean; onGone?: () => void }) {
  const { t } = useTranslation();
  const me = useMe();
  const [asking, question] = useDisclosure(false);
  const waiting = useOutbox().filter((item) => item.state !== "sent").length;
  const signOut = useSignOut();
  const leave = () => (waiting > 0 ? question.open() : void signOut());
  return (
    <>
      <Menu position="right-end" width={280} trapFocus>
        <Menu.Target>
          <UnstyledButton className={classes.me}>
            <PersonAvatar person={me} size={36} />
            <VisuallyHidden>{t("session.mine")} : </VisuallyHidden>
            {named ? <Text fw={550}>{me.name}</Text> : <VisuallyHidden>{me.name}</VisuallyHidden>}
          </UnstyledButton>
        </Menu.Target>
        <Menu.Dropdown>
          <Stack gap={2} px="sm" py="xs">
            <Text fw={600}>{me.name}</Text>
            <Text size="xs" c="dimmed">
              {me.profession} · {me.organisation.name}
            </Text>
          </Stack>
          <Menu.Divider />
          <Menu.Item leftSection={<IconUserCircle aria-hidden size={18} stroke={1.7} />} renderRoot={(props) => <Link to="/compte" search={{}} {...props} />} onClick={onGone}>
            {t("session.account")}
          </Menu.Item>
          <Menu.Divider />
          <Looks />
          <Menu.Divider />
          <Menu.Item leftSection={<IconLogout aria-hidden size={18} stroke={1.7} />} onClick={leave}>
            {t("session.signOut")}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
      <Modal opened={asking} onClose={question.close} title={t("session.signOut")}>
        <Text>{t("session.pendingOut", { count: waiting })}</Text>
        <Group justify="flex-end" mt="lg">
          <Button variant="default" onClick={question.close}>
            {t("act.cancel")}
          </Button>
          <Button color="red" onClick={() => void signOut()}>
            {t("session.signOutAnyway")}
          </Button>
        </Group>
      </Modal>
    </>
  );
}

function Looks() {
  const { t } = useTranslation();
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const [density, setDensity] = useDensity();
  const changeLanguage = useLanguage();
  return (
    <Stack gap="xs" px="sm" py="xs">
      <Choice
        label={t("settings.appearance")}
        value={colorScheme}
        onChange={setColorScheme}
        data={[
          { value: "auto", label: t("settings.auto") },
          { value: "light", label: t("settings.light") },
          { value: "dark", label: t("settings.dark") },
        ]}
      />
      <Choice
        label={t("settings.density")}
        value={density}
        onChange={setDensity}
        data={[
          { value: "comfortable", label: t("settings.comfortable") },
          { value: "compact", label: t("settings.compact") },
        ]}
      />
      <Choice
        label={t("settings.language")}
        value={languageNow()}
        onChange={changeLanguage}
        data={[
          { value: "fr", label: "Français" },
          { value: "en", label: "English" },
        ]}
      />
    </Stack>
  );
}

interface ChoiceProps<T extends string> {
  label: string;
  value: T;
  data: { value: T; label: string }[];
  onChange: (value: T) => void;
}

function Choice<T extends string>({ label, value, data, onChange }: ChoiceProps<T>) {
  return (
    <div>
      <Text size="xs" c="dimmed" mb={3}>
        {label}
      </Text>
      <SegmentedControl fullWidth size="xs" aria-label={label} value={value} data={data} onChange={onChange} />
    </div>
  );
}

/** The language is the person's: the server answers in it too. */
function useLanguage(): (language: Language) => void {
  const client = useQueryClient();
  return (language) => {
    client.setQueryData(sessionQuery.queryKey, (session) =>
      session ? { ...session, person: { ...session.person, language } } : session,
    );
    void saveLanguage(language);
  };
}
