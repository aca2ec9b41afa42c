import { provenText } from '#shared/drills/last-proven.ts';
import type { DrillBookView } from '#shared/api/drill-calls.ts';
import { Mark } from '../../ui/marks.tsx';
import { useDrillBook } from './use-drill-book.ts';
import './drills.css';

interface LastProvenProps {
  readonly book: DrillBookView;
  /** Only these procedures; all if left out. */
  readonly only?: readonly string[];
}

/** When each procedure was last proven to work. */
export function LastProven({ book, only }: LastProvenProps) {
  const shown = book.proven.filter(({ procedureId }) => only === undefined || only.includes(procedureId));
  return (
    <ul className="proven" aria-label="Last proven">
      {shown.map((each) => (
        <li key={each.procedureId}>
          <span className="strong">{each.title}</span>
          <Mark
            {...(each.proof === null
              ? { shape: 'diamond', tone: 'caution', word: 'never proven' }
              : { shape: 'ring', tone: 'person', word: 'proven' })}
          />
          {each.proof === null ? null : <span className="soft small">{provenText(each, book.now)}</span>}
        </li>
      ))}
    </ul>
  );
}

/** The same for the runbook with this hash. */
export function LastProvenOf({ runbook, only }: { readonly runbook: string; readonly only?: readonly string[] }) {
  const book = useDrillBook(runbook);
  if (book === null || book.proven.length === 0 || only?.length === 0) return null;
  return <LastProven book={book} {...(only === undefined ? {} : { only })} />;
}
