import { leastDuration } from '#shared/words/duration.ts';
import type { Fact, MatrixRow, Procedure, Runbook } from '../../runbook/model.ts';
import type { RunbookProblem, RunbookRule } from '../rule.ts';

const runbook = (time: string): string =>
  [
    '# Shop',
    '',
    '## Decision matrix',
    '',
    '| Severity | Condition | Action | Timeframe |',
    '|---|---|---|---|',
    '| P0 - Critical | Data lost | Roll back | <5 min |',
    '',
    '## Option 2: Database rollback',
    '',
    `**Time required**: ${time}`,
    '',
    '1. **Look**',
    '   ```bash',
    '   psql "$DATABASE_URL" -X -c "select 1"',
    '   ```',
    '',
  ].join('\n');

export const targetOutOfReach: RunbookRule = {
  name: 'target-out-of-reach',
  severity: 'warning',
  about: 'A row of the matrix with a timeframe that its procedure cannot meet.',
  bad: [runbook('10-30 minutes')],
  good: [runbook('2-5 minutes'), runbook('as long as it takes')],
  check: ({ model, source }) => {
    const chosen = declaresOrder(model, source);
    const rows = model.matrix.rows.filter(({ target }) => target.ms !== null);
    return model.procedures.flatMap((procedure) => {
      const time = procedure.facts.find(({ key }) => /\btime (?:required|needed)\b|\bduration\b/i.test(key));
      const least = time === undefined ? null : leastDuration(time.value);
      if (time === undefined || least === null) return [];
      const row = tightest(rows.filter((candidate) => leadsTo(candidate, procedure, chosen)));
      return row !== null && row.target.ms !== null && least > row.target.ms
        ? [problem(time, procedure, row, least)]
        : [];
    });
  },
};

/** If the front matter orders a row's procedures, only the first has to meet the timeframe. */
const leadsTo = ({ procedures }: MatrixRow, { id }: Procedure, chosen: boolean): boolean =>
  chosen ? procedures[0] === id : procedures.includes(id);

function declaresOrder({ blocks }: Runbook, source: string): boolean {
  const front = blocks.find(({ kind }) => kind === 'front-matter');
  return front !== undefined && /^matrix:/m.test(source.slice(front.start, front.end));
}

const tightest = (rows: readonly MatrixRow[]): MatrixRow | null =>
  rows.toSorted((a, b) => (a.target.ms ?? 0) - (b.target.ms ?? 0))[0] ?? null;

function problem(time: Fact, { title }: Procedure, row: MatrixRow, least: number): RunbookProblem {
  return {
    start: time.start,
    end: time.end,
    message: `"${title}" takes at least ${least / 60_000} min; line ${row.line} (${row.condition}) leads to it and allows ${row.target.text}.`,
    fix: 'List a faster procedure first for that row (under `matrix:` in the front matter), or set a target that can be met.',
  };
}
