/** One row of the matrix, chosen by its number; the tenth by 0. */
import { useState } from 'react';
import type { MatrixRow } from '#shared/runbook/model.ts';
import { useKeys } from '../../app/keys.ts';

export const CHOOSE_FIRST = 'Choose a row first: press its number.';

/** Binds the numbers to the rows. */
export function useRowChoice(rows: readonly MatrixRow[]): readonly [MatrixRow | null, (row: MatrixRow) => void] {
  // By its line: the same runbook, read again, is another object with the same rows.
  const [line, setLine] = useState<number | null>(null);
  useKeys(
    'Matrix',
    rows.slice(0, 10).map((each, index) => ({
      keys: String((index + 1) % 10),
      label: `Choose: ${each.severity} ${each.condition}`,
      run: () => setLine(each.line),
    })),
  );
  return [rows.find((row) => row.line === line) ?? null, (row) => setLine(row.line)];
}
