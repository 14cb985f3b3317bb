import { IconBriefcase, IconBuildingHospital, IconBuildingStore, IconFlask, IconHeartHandshake, IconHome, IconStethoscope, IconUser } from "@tabler/icons-react";

import type { CorrespondentKind } from "@/features/directory/types";

const ICONS: Record<CorrespondentKind, typeof IconUser> = {
  pharmacy: IconBuildingStore,
  hospital: IconBuildingHospital,
  physician: IconStethoscope,
  laboratory: IconFlask,
  social: IconHeartHandshake,
  landlord: IconHome,
  employer: IconBriefcase,
  other: IconUser,
};

/** What sort of correspondent this is, as a drawing; the word stands beside it. */
export function KindIcon({ kind, size = 18 }: { kind: CorrespondentKind; size?: number }) {
  const Icon = ICONS[kind];
  return <Icon aria-hidden size={size} stroke={1.7} />;
}
