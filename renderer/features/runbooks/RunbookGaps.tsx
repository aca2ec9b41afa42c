import type { Gap } from '#shared/runbook/model.ts';
import { Mark } from '../../ui/marks.tsx';

/** What the parser did not find. It does not prevent the import, but less can be proven. */
export function RunbookGaps({ gaps }: { readonly gaps: readonly Gap[] }) {
  return (
    <section className="stack stack--tight" aria-labelledby="review-gaps">
      <h2 id="review-gaps">{gaps.length === 0 ? 'No gaps' : gaps.length === 1 ? '1 gap' : `${gaps.length} gaps`}</h2>
      {gaps.length === 0 ? (
        <p className="soft">Everything Rollbook looks for is there.</p>
      ) : (
        <ul className="boxed-list review__list" aria-label="Gaps">
          {gaps.map((gap) => (
            <li key={`${gap.code} ${gap.line} ${gap.message}`}>
              <span className="soft small tabular">line {gap.line}</span>
              <span>
                <Mark shape="question" tone="caution" word={gap.message} /> <span className="soft">{gap.advice}</span>
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
