import fc from 'fast-check';
import { expect, it } from 'vitest';
import { endMark, unmarked, withoutMarks } from '#core/runner/keeper/keeper.ts';

const MARK = endMark('rollbook-run:r');
/** Pieces of the mark among other bytes. */
const bytes = fc
  .array(fc.constantFrom('a', '\0', '\0rollbook', '\0rollbook-run:', 'r\0', '\n'), { maxLength: 12 })
  .map((parts) => Buffer.from(parts.join('')))
  .filter((all) => !all.includes(MARK));

it('takes the mark out, however the output is cut, and keeps every other byte', async () => {
  await fc.assert(
    fc.asyncProperty(bytes, bytes, fc.integer({ min: 1, max: 7 }), async (before, after, size) => {
      let heard = '';
      const output = withoutMarks(MARK, (_stream, part) => (heard += Buffer.from(part).toString('latin1')));
      const all = Buffer.concat([before, MARK, after]);
      for (let at = 0; at < all.length; at += size) output.push('stdout', all.subarray(at, at + size));
      output.push('stderr', MARK);
      output.end();
      await output.marked;
      expect(heard).toBe(Buffer.concat([before, after]).toString('latin1'));
      expect(unmarked(all, MARK)).toEqual(Buffer.concat([before, after]));
    }),
  );
});

it('passes on all of an output without one', () => {
  fc.assert(
    fc.property(bytes, (all) => {
      let heard = '';
      const output = withoutMarks(MARK, (_stream, part) => (heard += Buffer.from(part).toString('latin1')));
      output.push('stdout', all);
      output.end();
      expect(heard).toBe(all.toString('latin1'));
    }),
  );
});
