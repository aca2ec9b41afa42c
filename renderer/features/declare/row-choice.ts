/** Choosing a row of the matrix by its number key; 0 is the tenth. */
import { useState } from 'react';
import type { MatrixRow } from '#shared/runbook/model.ts';
import { useKeys } from '../../app/keys.ts';

export const CHOOSE_FIRST = 'Choose a row first: press its number.';

/** The chosen row and its setter. Binds the number keys. */
export function useRowChoice(rows: readonly MatrixRow[]): readonly [MatrixRow | null, (row: MatrixRow) => void] {
  // Remembered by line, because a runbook that is loaded again has new row objects.
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
