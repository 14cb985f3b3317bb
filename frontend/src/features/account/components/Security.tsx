import { useQuery } from "@tanstack/react-query";

import { Codes } from "@/features/account/components/Codes";
import { Passkeys } from "@/features/account/components/Passkeys";
import { Password } from "@/features/account/components/Password";
import { Totp } from "@/features/account/components/Totp";
import { factorsQuery, type Factor } from "@/features/session/api/factors";
import { ErrorState, SkeletonRows } from "@/ui";

const only = <Type extends Factor["type"]>(factors: Factor[], type: Type) =>
  factors.filter((factor): factor is Extract<Factor, { type: Type }> => factor.type === type);

/** How this person proves who they are. */
export function Security() {
  const { data, error, isPending, refetch } = useQuery(factorsQuery);
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={4} />;
  return (
    <>
      <Passkeys keys={only(data, "webauthn")} />
      <Totp totp={only(data, "totp")[0]} />
      <Codes codes={only(data, "recovery_codes")[0]} />
      <Password />
    </>
  );
}
