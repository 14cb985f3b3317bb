import { Tabs } from "@mantine/core";
import { useMediaQuery } from "@mantine/hooks";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useEffect, useRef } from "react";
import { useTranslation } from "react-i18next";

import { PatientAccesses } from "@/features/audit/components/PatientAccesses";
import { CareCircle } from "@/features/patients/components/CareCircle";
import { CircleSwitch } from "@/features/patients/components/CircleSwitch";
import { PatientConversation } from "@/features/patients/components/PatientConversation";
import { Plans } from "@/features/patients/components/Plans";
import { Sharing } from "@/features/patients/components/Sharing";
import { StoryPane } from "@/features/patients/components/StoryPane";
import type { Patient } from "@/features/patients/types";
import { useMay } from "@/features/session/hooks/useSession";
import classes from "./PatientSheet.module.css";

const PANES = ["histoire", "conversation", "plans", "cercle", "partage", "acces"] as const;
type Pane = (typeof PANES)[number];

/** The parts of a patient's page; on a wide screen the conversation stays beside them. */
export function PatientSheet({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  const wide = useMediaQuery("(min-width: 75em)", undefined, { getInitialValueInEffect: false });
  const { volet } = useSearch({ from: "/patients/{-$id}" });
  const navigate = useNavigate({ from: "/patients/{-$id}" });
  const mayAudit = useMay("audit.read");
  const shown = PANES.filter((pane) => !(wide && pane === "conversation") && (mayAudit || pane !== "acces"));
  const pane: Pane = shown.find((name) => name === volet) ?? "histoire";
  const choose = (name: string | null) => void navigate({ search: (known) => ({ ...known, volet: name ?? undefined }), replace: true });
  const toConversation = () => (wide ? document.querySelector<HTMLElement>("#page textarea")?.focus() : choose("conversation"));
  const tabs = useChosenInView(pane);
  return (
    <div className={classes.sheet}>
      <Tabs value={pane} onChange={choose} keepMounted={false} className={classes.main}>
        {patient.circles.length > 1 && <CircleSwitch patient={patient} />}
        <Tabs.List ref={tabs} aria-label={t("tabs.label")} className={classes.tabs}>
          {shown.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`tabs.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="histoire" className={classes.panel}>
          <StoryPane patient={patient} onWrite={toConversation} />
        </Tabs.Panel>
        <Tabs.Panel value="conversation" className={classes.fixed}>
          <PatientConversation patient={patient} />
        </Tabs.Panel>
        <Tabs.Panel value="plans" className={classes.panel}>
          <Plans patient={patient} />
        </Tabs.Panel>
        <Tabs.Panel value="cercle" className={classes.panel}>
          <CareCircle patient={patient} />
        </Tabs.Panel>
        <Tabs.Panel value="partage" className={classes.panel}>
          <Sharing patient={patient} />
        </Tabs.Panel>
        <Tabs.Panel value="acces" className={classes.padded}>
          <PatientAccesses patient={patient} />
        </Tabs.Panel>
      </Tabs>
      {wide && (
        <aside className={classes.aside} aria-label={t("tabs.conversation")}>
          <PatientConversation patient={patient} />
        </aside>
      )}
    </div>
  );
}

/** On a phone the tabs go beyond the screen: the chosen one is always among those that show. */
function useChosenInView(pane: Pane) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    list.current?.querySelector(`[role="tab"][data-active]`)?.scrollIntoView({ block: "nearest", inline: "center" });
  }, [pane]);
  return list;
}
