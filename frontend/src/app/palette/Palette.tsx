import { Spotlight, useSpotlight } from "@mantine/spotlight";
import { IconSearch } from "@tabler/icons-react";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { palette, paletteStore } from "@/app/palette/open";
import { useFound, type Found } from "@/app/palette/useFound";

/** Ctrl+K: patients, colleagues, conversations, tasks and pages from one field. */
export function Palette() {
  const { t } = useTranslation();
  const [words, setWords] = useState("");
  const { opened } = useSpotlight(paletteStore);
  const groups = useFound(words, opened);
  return (
    <Spotlight.Root
      store={paletteStore}
      query={words}
      onQueryChange={setWords}
      shortcut={null}
      scrollable
      maxHeight="60vh"
      title={t("palette.title")}
      overlayProps={{ backgroundOpacity: 0.35, blur: 0 }}
      styles={{ header: { display: "none" }, actionsGroup: { textTransform: "none" } }}
    >
      <Spotlight.Search
        placeholder={t("palette.placeholder")}
        aria-label={t("palette.title")}
        leftSection={<IconSearch aria-hidden size={20} stroke={1.7} />}
      />
      <Spotlight.ActionsList>
        {groups.map((group) => (
          <Spotlight.ActionsGroup key={group.name} label={t(`palette.${group.name}`)}>
            {group.items.map((found) => (
              <FoundLine key={found.id} found={found} />
            ))}
          </Spotlight.ActionsGroup>
        ))}
        {groups.length === 0 && <Spotlight.Empty>{t("palette.nothing")}</Spotlight.Empty>}
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function FoundLine({ found }: { found: Found }) {
  const go = () => {
    palette.close();
    found.go();
  };
  return <Spotlight.Action label={found.label} description={found.description || undefined} onClick={go} />;
}
