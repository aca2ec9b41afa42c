import { useMemo, useState } from 'react';
import type { OpenRunbook } from '#shared/api/calls.ts';
import type { CheckView } from '#shared/runbook-check/check-view.ts';
import { diffHunks, withSameLineEnds } from '#shared/runbook-check/unified-diff.ts';
import { useOpenRunbook } from '../../stores/overview.ts';
import { findingsOn } from '../../stores/runbook-check.ts';
import { Button } from '../../ui/Button.tsx';
import { FindingNotes } from '../runbook-check/FindingNote.tsx';
import { ChangedLines } from './ChangedLines.tsx';

interface RunbookChangesProps {
  readonly runbook: OpenRunbook;
  /** Hash of the last trusted content. */
  readonly from: string;
  readonly runbookCheck: CheckView | null;
}

/** The changes since the last review, with the findings of the runbook check on the new lines. */
export function RunbookChanges({ runbook, from, runbookCheck }: RunbookChangesProps) {
  const before = useOpenRunbook(from);
  const changes = useMemo(() => (before === null ? null : changesOf(before.source, runbook.source)), [before, runbook]);
  const [most, setMost] = useState(PAGE);
  if (changes === null) return <p role="status">What was reviewed last is being read.</p>;
  const { hunks, lineEnds } = changes;
  const { shown, left } = firstLines(hunks, most);
  return (
    <section className="stack stack--tight" aria-labelledby="review-changes">
      <h2 id="review-changes">
        {hunks.length === 1 ? '1 place changed' : `${hunks.length} places changed`} since it was reviewed
      </h2>
      {lineEnds !== null && <p>{lineEnds}</p>}
      {shown.map((lines) => {
        const changed = lines.flatMap(({ kind, after }) => (kind === '+' && after !== null ? [after] : []));
        const findings = changed.flatMap((line) => findingsOn(runbookCheck, line, line));
        const first = lines[0];
        return (
          <div key={`${first?.before} ${first?.after}`} className="stack stack--tight">
            <ChangedLines lines={lines} />
            <FindingNotes
              findings={findings}
              label={`Findings of the change at line ${first?.after ?? first?.before}`}
            />
          </div>
        );
      })}
      {left > 0 && (
        <div className="row">
          <p>
            <strong>{left} more lines of the changes are not shown yet.</strong>
          </p>
          <Button onClick={() => setMost(most + PAGE)}>Show {Math.min(PAGE, left)} more</Button>
        </div>
      )}
    </section>
  );
}

/** Lines shown at first and added by each press. More at once would slow the window down. */
const PAGE = 2_000;

function changesOf(reviewed: string, now: string) {
  const { before, after, changed } = withSameLineEnds(reviewed, now);
  return { hunks: diffHunks(before, after), lineEnds: changed };
}

function firstLines<Line>(hunks: readonly (readonly Line[])[], most: number) {
  let room = most;
  let left = 0;
  const shown = hunks.flatMap((lines) => {
    const first = lines.slice(0, room);
    room -= first.length;
    left += lines.length - first.length;
    return first.length === 0 ? [] : [first];
  });
  return { shown, left };
}
