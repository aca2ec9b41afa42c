/** Secrets of every kind in every input are redacted. test/integration/core/planted-secrets.test.ts checks all outputs. */
import { it } from 'vitest';
import { Tally } from '../../fixtures/fault-table.ts';
import { secretsByKind } from '../../fixtures/planted-secrets.ts';

it('of every kind, in every way', () => {
  const tally = new Tally('planted secrets');
  for (const { kind, tries, found, ways } of secretsByKind()) {
    tally.times += tries;
    if (found > 0) tally.wrong.push(`${kind}: ${ways.join(', ')}`);
  }
  tally.judge();
});
