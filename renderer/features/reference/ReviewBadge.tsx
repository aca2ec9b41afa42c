import type { OpenRunbook } from '#shared/api/calls.ts';
import { reviewOverdueText } from '#shared/runbook-check/rules/review-overdue.ts';
import { useTick } from '../../stores/tick.ts';
import { Mark } from '../../ui/marks.tsx';

/** Says that the review of the runbook is overdue. Hidden when it is not, or has no period. */
export function ReviewBadge({ runbook }: { readonly runbook: OpenRunbook | null }) {
  const now = useTick(60_000);
  const overdue = runbook === null ? null : reviewOverdueText(runbook.model, runbook.source, now);
  return overdue === null ? null : (
    <p className="small">
      <Mark shape="triangle" tone="caution" word={overdue} />
    </p>
  );
}
