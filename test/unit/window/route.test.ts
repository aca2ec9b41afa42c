import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRoute, writeRoute } from '../../../renderer/app/route.ts';

describe('routes in the address', () => {
  it('comes back to the same place for any id', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('incident' as const, 'report' as const),
        fc.string({ minLength: 1, unit: 'grapheme' }),
        (screen, id) => {
          expect(readRoute(writeRoute({ screen, id }))).toEqual({ screen, id });
        },
      ),
    );
    expect(readRoute(writeRoute({ screen: 'reference', section: null }))).toEqual({
      screen: 'reference',
      section: null,
    });
    expect(readRoute(writeRoute({ screen: 'declare' }))).toEqual({ screen: 'declare' });
  });

  it.each(['', '#', '#/', '#/nowhere', '#/incident', '#/incident/', '#/incident/%E0%A4%A', '#token=abc'])(
    '%j is home',
    (hash) => {
      expect(readRoute(hash)).toEqual({ screen: 'home' });
    },
  );
});
