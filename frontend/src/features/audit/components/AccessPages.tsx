import { Button } from "@mantine/core";
import type { UseInfiniteQueryResult, InfiniteData } from "@tanstack/react-query";
import { useTranslation } from "react-i18next";

import { AccessLines } from "@/features/audit/components/AccessLines";
import type { Access } from "@/features/audit/types";
import { EmptyState, ErrorState, SkeletonRows } from "@/ui";

interface AccessPagesProps {
  found: UseInfiniteQueryResult<InfiniteData<{ items: Access[] }>>;
  nothing: string;
  aboutOne?: boolean;
}

/** The pages read so far, and the way to those before them. */
export function AccessPages({ found, nothing, aboutOne }: AccessPagesProps) {
  const { t } = useTranslation("audit");
  const lines = found.data?.pages.flatMap((page) => page.items) ?? [];
  if (found.isPending) return <SkeletonRows rows={8} />;
  if (found.error && lines.length === 0) return <ErrorState error={found.error} onRetry={() => void found.refetch()} />;
  if (lines.length === 0) return <EmptyState>{nothing}</EmptyState>;
  return (
    <>
      <AccessLines lines={lines} aboutOne={aboutOne} />
      {found.hasNextPage && (
        <Button variant="default" loading={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {t("more")}
        </Button>
      )}
    </>
  );
}
