import { IconCircleCheck, IconCircleDashed, IconCircleX } from "@tabler/icons-react";

interface StateMarkProps {
  status: string;
  size: number;
  className?: string;
}

/** The shape of a state; the word stands beside it or in the name of what carries it. */
export function StateMark({ status, size, className }: StateMarkProps) {
  const mark = { "aria-hidden": true, size, className, stroke: 1.8 } as const;
  if (status === "confirmed") return <IconCircleCheck {...mark} />;
  return status === "cancelled" ? <IconCircleX {...mark} /> : <IconCircleDashed {...mark} />;
}
