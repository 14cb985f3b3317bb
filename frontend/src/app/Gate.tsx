import { Center, Loader } from "@mantine/core";
import { useEffect } from "react";

import { whenSignedOut } from "@/api/client";
import { Shell } from "@/app/shell/Shell";
import { useLiveSession } from "@/app/useLiveSession";
import { ReauthenticationDialog } from "@/features/session/components/ReauthenticationDialog";
import { SignInPage } from "@/features/session/components/SignInPage";
import { LetIn, useSession } from "@/features/session/hooks/useSession";
import { useSessionEnded } from "@/features/session/hooks/useSignOut";
import { ErrorState } from "@/ui/ErrorState";
import { useLate } from "@/ui/Loading";

/** Nobody passes without a session: the sign-in page, or the shell around the page asked for. */
export function Gate() {
  const session = useSession();
  const end = useSessionEnded();
  useEffect(() => whenSignedOut((code) => void end(code)), [end]);
  useLiveSession(session.data ?? null);
  if (session.isPending) return <Waiting />;
  if (session.isError) return <ErrorState error={session.error} onRetry={() => void session.refetch()} />;
  return (
    <>
      {session.data ? (
        <LetIn value={session.data.person}>
          <Shell />
        </LetIn>
      ) : (
        <SignInPage />
      )}
      <ReauthenticationDialog />
    </>
  );
}

function Waiting() {
  const late = useLate(400);
  return <Center h="100dvh">{late && <Loader type="dots" color="gray" />}</Center>;
}
