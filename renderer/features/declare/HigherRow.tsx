import { higherRow } from '#shared/incident/matrix-row.ts';
import type { MatrixRow } from '#shared/runbook/model.ts';
import { useKeys } from '../../app/keys.ts';
import { Button } from '../../ui/Button.tsx';
import { SeverityMark } from '../../ui/marks.tsx';

interface HigherRowProps {
  readonly rows: readonly MatrixRow[];
  readonly chosen: MatrixRow | null;
  readonly onChoose: (row: MatrixRow) => void;
}

/** Offers the next higher row than the chosen one, for when in doubt. */
export function HigherRow({ rows, chosen, onChoose }: HigherRowProps) {
  const higher = chosen === null ? null : higherRow(rows, chosen);
  useKeys(
    'Matrix',
    higher === null ? [] : [{ keys: 'u', label: `In doubt: ${higher.condition}`, run: () => onChoose(higher) }],
  );
  if (higher === null) return null;
  return (
    <p className="higher">
      <span>In doubt, take the higher one:</span>
      <Button shortcut="U" onClick={() => onChoose(higher)}>
        <SeverityMark severity={higher.severity} /> {higher.condition}
      </Button>
    </p>
  );
}
