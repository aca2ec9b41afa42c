/** Rows of the decision matrix that lead to no procedure. */
import type { MatrixRow, Procedure } from '../model.ts';
import { incidentProcedures } from '../practice-procedures.ts';
import { listed } from './question.ts';
import type { ToAdopt, Topic } from './topic.ts';

/** The answer for a row that needs no procedure. */
const FIX_FORWARD = 'none';

const idOf = ({ line }: MatrixRow): string => `matrix.${line}`;

export const rows: Topic = {
  questions: (runbook) => {
    const procedures = incidentProcedures(runbook.model);
    return openRows(runbook).map((row) => ({
      id: idOf(row),
      about: `${row.severity}: ${row.condition} (${row.action})`,
      line: row.line,
      commands: [],
      ask: 'Which procedures does it lead to, the first choice first',
      proposed: proposedFor(row, procedures),
      answer: {
        kind: 'list',
        options: procedures.map(({ id, title }) => ({ value: id, label: title })),
        alone: FIX_FORWARD,
      },
    }));
  },
  changes: (runbook, answer) => {
    const answered = new Map(
      openRows(runbook).flatMap((row) => (answer(idOf(row)) === '' ? [] : [[row, answer(idOf(row))] as const])),
    );
    const words = [...answered.keys()].map(({ condition }) => flat(condition));
    // The words of one row may be part of another's: that one has to be named too, and before it.
    const others = runbook.model.matrix.rows.filter(
      (row) => !answered.has(row) && !isNamed(runbook, row) && words.some((each) => flat(row.condition).includes(each)),
    );
    const named = [...[...answered].map(([row, value]) => settingOf(row, value)), ...others.map(asInferred)];
    const unique = [...new Map(named.map((setting) => [flat(setting.match), setting])).values()];
    return {
      additions: unique
        .toSorted((a, b) => b.match.length - a.match.length)
        .map((value) => ({ under: 'matrix', value }) as const),
    };
  },
};

/** Rows that say to act, and lead nowhere. */
const openRows = (runbook: ToAdopt): readonly MatrixRow[] =>
  incidentProcedures(runbook.model).length === 0
    ? []
    : runbook.model.matrix.rows.filter(
        (row) => row.procedures.length === 0 && flat(row.condition) !== '' && !isNamed(runbook, row) && !onlyFix(row),
      );

const isNamed = ({ front }: ToAdopt, { condition }: MatrixRow): boolean =>
  (front?.matrix ?? []).some(({ match }) => flat(condition).includes(flat(match)));

const onlyFix = ({ action }: MatrixRow): boolean =>
  /\bfix(?:ed|es)? forward\b/i.test(action) && !/roll[ -]?back|revert|undo|restore/i.test(action);

const settingOf = ({ condition }: MatrixRow, value: string) => ({
  match: condition,
  procedures: value === FIX_FORWARD ? [] : [...listed(value)],
});

const asInferred = ({ condition, procedures }: MatrixRow) => ({ match: condition, procedures: [...procedures] });

const flat = (text: string): string => text.toLowerCase().replace(/\s+/g, ' ').trim();

/** Words that say nothing about which procedure is meant. */
const COMMON = /^(?:about|after|again|before|more|option|procedure|rollback|than|that|this|when|with)$/;

/** The one procedure whose title or use shares the most words with the row; '' if none does, or several do. */
function proposedFor({ condition, action }: MatrixRow, procedures: readonly Procedure[]): string {
  const wanted = new Set(wordsOf(`${condition} ${action}`));
  const scored = procedures
    .map(({ id, title, facts }) => ({
      id,
      score: new Set(
        wordsOf(`${title} ${facts.map(({ value }) => value).join(' ')}`).filter((word) => wanted.has(word)),
      ).size,
    }))
    .toSorted((a, b) => b.score - a.score);
  const [best, next] = scored;
  return best === undefined || best.score === 0 || best.score === next?.score ? '' : best.id;
}

const wordsOf = (text: string): readonly string[] =>
  (text.toLowerCase().match(/\p{L}{4,}/gu) ?? []).filter((word) => !COMMON.test(word));
