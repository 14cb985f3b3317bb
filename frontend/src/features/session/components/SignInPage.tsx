import { Loader, Stack, Text, Title } from "@mantine/core";
import { lazy, Suspense, useEffect } from "react";
import { useTranslation } from "react-i18next";

import { FactorStep } from "@/features/session/components/FactorStep";
import { PasswordStep } from "@/features/session/components/PasswordStep";
import { unfinishedWays } from "@/features/session/api/signIn";
import { useEntry, type Entry } from "@/features/session/hooks/useEntry";
import classes from "./SignInPage.module.css";

const Enrolment = lazy(() => import("@/features/session/components/Enrolment").then((module) => ({ default: module.Enrolment })));
const NewPasswordStep = lazy(() =>
  import("@/features/session/components/NewPasswordStep").then((module) => ({ default: module.NewPasswordStep })),
);

/** The door: who are you, prove it twice, and the first time choose how. */
export function SignInPage() {
  const { t } = useTranslation("signin");
  const entry = useEntry();
  useUnfinished(entry);
  return (
    <main className={classes.page}>
      <div className={classes.card} data-step={entry.step.name}>
        <Stack gap={4}>
          <Title order={1}>{t(`title.${entry.step.name}`)}</Title>
          <Text c="dimmed">{t(`lead.${entry.step.name}`)}</Text>
        </Stack>
        <Suspense fallback={<Loader type="dots" color="gray" />}>
          <CurrentStep entry={entry} />
        </Suspense>
      </div>
    </main>
  );
}

function CurrentStep({ entry }: { entry: Entry }) {
  const { step } = entry;
  if (step.name === "password") return <PasswordStep onProgress={entry.advance} />;
  if (step.name === "factor") return <FactorStep ways={step.ways} onProgress={entry.advance} onLeave={entry.startAgain} />;
  if (step.name === "newPassword") return <NewPasswordStep onDone={entry.enter} onLeave={entry.startAgain} />;
  return <Enrolment onCodes={() => entry.setStep({ name: "codes" })} onDone={entry.enter} onLeave={entry.startAgain} />;
}

/** Whoever comes back to the door halfway (a reload, a return from the identity provider) goes on from there. */
function useUnfinished({ step, setStep }: Entry): void {
  const first = step.name === "password";
  useEffect(() => {
    if (!first) return undefined;
    let gone = false;
    unfinishedWays()
      .then((ways) => {
        if (ways && !gone) setStep({ name: "factor", ways });
      })
      .catch(() => undefined);
    return () => {
      gone = true;
    };
  }, [first, setStep]);
}
