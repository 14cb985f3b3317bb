import { Modal } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { Codes } from "@/features/account/components/Codes";
import { Passkeys } from "@/features/account/components/Passkeys";
import { Password } from "@/features/account/components/Password";
import { Totp } from "@/features/account/components/Totp";
import { factorsQuery, readCodes, type Factor } from "@/features/session/api/factors";
import { RecoveryCodes } from "@/features/session/components/RecoveryCodes";
import { ErrorState, SkeletonRows } from "@/ui";

const only = <Type extends Factor["type"]>(factors: Factor[], type: Type) =>
  factors.filter((factor): factor is Extract<Factor, { type: Type }> => factor.type === type);

/** How this person proves who they are. */
export function Security() {
  const { t } = useTranslation("account");
  const { data, error, isPending, refetch } = useQuery(factorsQuery);
  const [shown, setShown] = useState<string[] | null>(null);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={4} />;
  const [codes] = only(data, "recovery_codes");
  /** The first factor brings the recovery codes with it: they are shown at once. */
  const added = async () => {
    if (!codes) setShown(await readCodes());
  };
  return (
    <>
      <Passkeys keys={only(data, "webauthn")} onAdded={added} />
      <Totp totp={only(data, "totp")[0]} onAdded={added} />
      <Codes codes={codes} onMade={setShown} />
      <Password />
      <Modal opened={shown !== null} onClose={() => setShown(null)} title={t("codes.title")} size={480} closeOnClickOutside={false}>
        {shown && <RecoveryCodes codes={shown} label={t("codes.done")} onDone={() => setShown(null)} />}
      </Modal>
    </>
  );
}
