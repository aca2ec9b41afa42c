/** The short form: a small file of each kind, read and checked in this process. */
import { sha256 } from '#core/store/sha256.ts';
import { RollbookError } from '#shared/api/result.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { checkRunbook } from '#shared/runbook-check/check-runbook.ts';
import { unifiedDiff } from '#shared/runbook-check/unified-diff.ts';
import { expect, it } from 'vitest';
import { Tally } from '../../fixtures/fault-table.ts';
import { HOSTILE_FILES } from '../../fixtures/hostile-files.ts';

const SMALL = 2_000;

it('a small file of every kind is read, or refused with a sentence that says what to do', () => {
  const tally = new Tally('hostile files, small');
  for (const { kind, make, before } of HOSTILE_FILES) {
    tally.times += 1;
    const file = make(SMALL);
    try {
      const { model, source } = parseRunbook(file, 'hostile.md', sha256);
      checkRunbook(model, source);
      if (before !== undefined) unifiedDiff(before(SMALL), source, { from: 'reviewed', to: 'hostile.md' });
    } catch (thrown) {
      const isSaid = thrown instanceof RollbookError && thrown.code !== 'internal' && thrown.advice !== undefined;
      if (!isSaid) tally.wrong.push(`${kind}: ${String(thrown).slice(0, 300)}`);
    }
  }
  tally.judge();
}, 120_000);

it('has at least 60 kinds, no two by one name, and each grows to the size that is asked for', () => {
  const names = HOSTILE_FILES.map(({ kind }) => kind);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
  for (const { kind, make } of HOSTILE_FILES) expect(Buffer.from(make(50_000)).length, kind).toBeLessThan(160_000);
});
