import { Table, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { enrolledQuery, type Enrolled } from "@/features/protocols/api/listEnrolled";
import { birthDate } from "@/i18n/when";
import { EmptyState, ErrorState, LateMark, SkeletonRows } from "@/ui";
import classes from "./EnrolledTable.module.css";

/** Who follows the protocol, those most behind first. */
export function EnrolledTable({ protocol }: { protocol: string }) {
  const { t } = useTranslation("protocols");
  const navigate = useNavigate();
  const { data, error, isPending, refetch } = useQuery(enrolledQuery(protocol));
  if (error) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (isPending) return <SkeletonRows rows={3} />;
  if (data.items.length === 0) {
    const action = { label: t("toPatients"), onClick: () => void navigate({ to: "/patients/{-$id}" }) };
    return <EmptyState action={action}>{t("nobody")}</EmptyState>;
  }
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table verticalSpacing="xs">
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t("patient")}</Table.Th>
            <Table.Th>{t("since")}</Table.Th>
            <Table.Th>{t("lateSteps")}</Table.Th>
            <Table.Th>{t("next")}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {data.items.map((plan) => (
            <Row key={plan.id} plan={plan} />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function Row({ plan }: { plan: Enrolled }) {
  const { t } = useTranslation("protocols");
  return (
    <Table.Tr>
      <Table.Td>
        <Link to="/patients/{-$id}" params={{ id: plan.patient.id }} className={classes.patient}>
          {plan.patient.name}
        </Link>
      </Table.Td>
      <Table.Td>{birthDate(plan.since)}</Table.Td>
      <Table.Td>{plan.late > 0 ? <span className={classes.late}>{t("late", { count: plan.late })}</span> : t("upToDate")}</Table.Td>
      <Table.Td>
        {plan.next && (
          <>
            <Text span inherit>
              {plan.next.title}
            </Text>{" "}
            <LateMark dueOn={plan.next.due_on} lateDays={plan.next.late_days} />
          </>
        )}
      </Table.Td>
    </Table.Tr>
  );
}
