import { useTranslation } from "react-i18next";
import type { CSSProperties } from "react";

import type { StepDefinition } from "@/features/protocols/api/getProtocol";
import { axisOf, byAnchor, marks, placeOn, tickLabel, type Axis } from "@/features/protocols/drawing";
import { sayEvery, sayFirst } from "@/features/protocols/durations";
import classes from "./Timeline.module.css";

/** A protocol as a calendar: one line per step, counted from what starts it. The words say the same as the drawing. */
export function Timeline({ steps }: { steps: StepDefinition[] }) {
  const { t } = useTranslation("protocols");
  return (
    <>
      {byAnchor(steps).map((group) => (
        <section key={group.anchor} className={classes.group} aria-label={t("from", { anchor: group.label })}>
          <Scale label={t("from", { anchor: group.label })} axis={axisOf(group.steps)} />
          <ul className={classes.steps}>
            {group.steps.map((step) => (
              <StepRow key={step.code} step={step} axis={axisOf(group.steps)} />
            ))}
          </ul>
        </section>
      ))}
      <p className={classes.legend}>{t("legend")}</p>
    </>
  );
}

const LETTER = { weeks: "S", months: "M", years: "A" };

function Scale({ label, axis }: { label: string; axis: Axis }) {
  return (
    <div className={classes.scale}>
      <h3>{label}</h3>
      <div className={classes.track} aria-hidden>
        {axis.ticks.map((tick) => (
          <span key={tick} className={classes.tick} style={{ left: `${placeOn(axis, tick)}%` }}>
            {LETTER[axis.unit]}
            {tickLabel(tick, axis.unit)}
          </span>
        ))}
      </div>
    </div>
  );
}

function StepRow({ step, axis }: { step: StepDefinition; axis: Axis }) {
  const { t } = useTranslation("protocols");
  const traits = [
    step.role_label,
    sayFirst(step.first_due, t),
    sayEvery(step.every, t),
    step.max_count && step.every ? t("at_most", { count: step.max_count }) : "",
    step.season ? t("season", { opens: monthDay(step.season.opens), closes: monthDay(step.season.closes) }) : "",
    step.conditions.length > 0 ? t("conditional") : "",
  ];
  return (
    <li className={classes.step} data-priority={step.priority}>
      <div className={classes.words}>
        <span className={classes.title}>{step.title}</span>
        <span className={classes.traits}>{traits.filter(Boolean).join(" · ")}</span>
      </div>
      <div className={classes.track} aria-hidden>
        {axis.ticks.map((tick) => (
          <span key={tick} className={classes.line} style={{ left: `${placeOn(axis, tick)}%` }} />
        ))}
        {marks(step, axis).map((mark) => (
          <span key={mark.at} className={classes.mark} style={{ "--at": `${mark.at}%`, "--from": `${mark.from}%`, "--width": `${mark.width}%` } as CSSProperties} />
        ))}
      </div>
    </li>
  );
}

/** "10-15" is said "15/10". */
const monthDay = (value: string) => value.split("-").reverse().join("/");
