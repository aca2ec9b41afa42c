/** As secrets.test.ts, with a row of the table for each kind. */
import { it } from 'vitest';
import { Tally } from '../../fixtures/fault-table.ts';
import { secretsByKind } from '../../fixtures/planted-secrets.ts';

it.each(secretsByKind())('$kind', ({ kind, tries, ways }) => {
  const tally = new Tally(`secret: ${kind}`);
  tally.times = tries;
  tally.wrong.push(...ways);
  tally.judge();
});
