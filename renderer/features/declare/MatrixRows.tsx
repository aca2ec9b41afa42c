import type { MatrixRow } from '#shared/runbook/model.ts';
import { Key } from '../../ui/Button.tsx';
import { SeverityMark } from '../../ui/marks.tsx';

interface MatrixRowsProps {
  readonly rows: readonly MatrixRow[];
  readonly chosen: MatrixRow | null;
  readonly onChoose: (row: MatrixRow) => void;
}

/** The rows of the decision matrix as choices. */
export function MatrixRows({ rows, chosen, onChoose }: MatrixRowsProps) {
  if (rows.length === 0) return <p className="notice notice--caution">This runbook has no decision matrix.</p>;
  return (
    <fieldset className="matrix">
      <legend className="sr-only">Decision matrix</legend>
      <div className="matrix__head small soft" aria-hidden="true">
        <span>Severity</span>
        <span>Condition</span>
        <span>Action</span>
        <span>Target</span>
      </div>
      {rows.map((row, index) => (
        <label className="matrix__row" key={row.line}>
          <input type="radio" name="row" checked={chosen === row} onChange={() => onChoose(row)} />
          {index < 10 ? <Key>{String((index + 1) % 10)}</Key> : <span />}
          <SeverityMark severity={row.severity} />
          <span className="matrix__condition">{row.condition}</span>
          <span>{row.action}</span>
          <span className="tabular">{row.target.text}</span>
        </label>
      ))}
    </fieldset>
  );
}
