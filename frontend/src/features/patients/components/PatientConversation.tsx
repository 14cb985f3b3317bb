import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { conversationQuery } from "@/features/messages/api/conversation";
import { openPatientConversation } from "@/features/messages/api/openPatientConversation";
import { SharingBar } from "@/features/messages/components/SharingBar";
import { Thread } from "@/features/messages/components/Thread";
import { patientKey } from "@/features/patients/api/patient";
import type { Patient } from "@/features/patients/types";
import { useMay } from "@/features/session/hooks/useSession";
import { readAgain } from "@/realtime/readAgain";
import { EmptyState, ErrorState, sayFailed, SkeletonRows, useSentence } from "@/ui";

/** What the circle writes about this patient, on the patient's own page. */
export function PatientConversation({ patient }: { patient: Patient }) {
  return patient.conversation_id ? <Open id={patient.conversation_id} /> : <NotYet patient={patient} />;
}

function Open({ id }: { id: string }) {
  const conversation = useQuery(conversationQuery(id));
  if (conversation.isPending) return <SkeletonRows avatars />;
  if (conversation.isError) return <ErrorState error={conversation.error} onRetry={() => void conversation.refetch()} />;
  return (
    <>
      <SharingBar conversation={conversation.data} />
      <Thread key={id} conversation={conversation.data} />
    </>
  );
}

function NotYet({ patient }: { patient: Patient }) {
  const { t } = useTranslation("patients");
  const mayPost = useMay("message.post");
  const client = useQueryClient();
  const sentence = useSentence();
  const opening = useMutation({
    mutationFn: () => openPatientConversation(patient.id, patient.circle.circle),
    onSuccess: () => readAgain(client, { queryKey: patientKey(patient.id) }),
    onError: (error) => sayFailed({ message: sentence(error) }),
  });
  const action = mayPost ? { label: t("conversation.open"), onClick: () => opening.mutate() } : undefined;
  return <EmptyState action={action}>{t("conversation.none")}</EmptyState>;
}
