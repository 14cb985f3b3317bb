import { useQuery } from "@tanstack/react-query";
import { useParams } from "@tanstack/react-router";
import { useTranslation } from "react-i18next";

import { protocolsQuery } from "@/features/protocols/api/listProtocols";
import { Library } from "@/features/protocols/components/Library";
import { ProtocolDetail } from "@/features/protocols/components/ProtocolDetail";
import { EmptyState, ErrorState, Panes, SkeletonRows } from "@/ui";
import classes from "./ProtocolsPage.module.css";

/** The library of care protocols, and one of them. */
export function ProtocolsPage() {
  const { t } = useTranslation("protocols");
  const { id } = useParams({ from: "/protocoles/{-$id}" });
  const { data, error, isPending, refetch } = useQuery(protocolsQuery);
  const list = (
    <>
      <h1 className={classes.title}>{t("title")}</h1>
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {isPending && <SkeletonRows rows={10} />}
      {data && <Library protocols={data.items} chosen={id} />}
    </>
  );
  return (
    <Panes list={list} chosen={!!id} label={t("title")}>
      {id ? <ProtocolDetail key={id} id={id} /> : <EmptyState>{t("pick")}</EmptyState>}
    </Panes>
  );
}
