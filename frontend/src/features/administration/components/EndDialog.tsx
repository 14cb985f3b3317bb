import { Modal, Stack } from "@mantine/core";
import { useState, type SyntheticEvent } from "react";
import { useTranslation } from "react-i18next";

import { changeMembership, type Membership } from "@/features/administration/api/people";
import { EndFields } from "@/features/administration/components/EndFields";
import { FormActs } from "@/features/administration/components/FormActs";
import { useSending } from "@/features/administration/hooks/useSending";
import { endOf, lastDayOf } from "@/features/administration/periods";
import { zoneNow } from "@/i18n/when";
import { sayDone } from "@/ui";

interface EndDialogProps {
  opened: boolean;
  onClose: () => void;
  membership: Membership;
}

/** Until when a role is held. */
export function EndDialog({ opened, onClose, membership }: EndDialogProps) {
  const { t } = useTranslation("administration");
  return (
    <Modal opened={opened} onClose={onClose} title={t("membership.changeEnd")}>
      <EndForm membership={membership} onClose={onClose} />
    </Modal>
  );
}

function EndForm({ membership, onClose }: Omit<EndDialogProps, "opened">) {
  const { t } = useTranslation("administration");
  const { t: common } = useTranslation();
  const { send, faults, failure, busy } = useSending({ touches: [["people"]] });
  const [end, setEnd] = useState(() => lastDayOf(membership.valid_until, zoneNow()));
  const submit = async (event: SyntheticEvent) => {
    event.preventDefault();
    if (!(await send(() => changeMembership(membership.id, endOf(end.day, end.hour, zoneNow()))))) return;
    sayDone(t("membership.changed"));
    onClose();
  };
  return (
    <form onSubmit={(event) => void submit(event)} noValidate>
      <Stack gap="md">
        <EndFields end={end} error={faults.valid_until} onChange={setEnd} />
        <FormActs failure={failure} busy={busy} submit={common("act.save")} onClose={onClose} />
      </Stack>
    </form>
  );
}
