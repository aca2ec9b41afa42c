import { describe, expect, it } from 'vitest';
import type { Defect } from '#shared/incident/state.ts';
import { withDefect } from '#shared/incident/topics/reference.ts';

const defect = (line: number, was: string, becomes: string, comment = ''): Defect => ({
  seq: line,
  at: 0,
  stepId: 'a/b',
  line,
  was,
  becomes,
  comment,
});

describe('defects of the runbook', () => {
  it('stand in order of their lines', () => {
    const both = withDefect(withDefect([], defect(9, 'x', 'y')), defect(3, 'a', 'b'));
    expect(both.map(({ line }) => line)).toEqual([3, 9]);
  });

  it('are replaced by a later one that touches any of their lines', () => {
    const first = withDefect([], defect(4, 'one\ntwo\nthree', 'uno'));
    expect(withDefect(first, defect(6, 'three', 'tre')).map(({ becomes }) => becomes)).toEqual(['tre']);
    expect(withDefect(first, defect(7, 'four', 'quattro'))).toHaveLength(2);
    expect(withDefect(first, defect(3, 'zero', 'nulla'))).toHaveLength(2);
  });

  it('are withdrawn by one without a change and without a comment', () => {
    const first = withDefect([], defect(4, 'one', 'uno'));
    expect(withDefect(first, defect(4, 'one', 'one'))).toEqual([]);
    expect(withDefect(first, defect(4, 'one', 'one', 'unclear'))).toHaveLength(1);
  });
});
