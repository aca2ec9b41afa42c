import { expect, it } from 'vitest';
import { type CheckedItem, type ReadyState, readinessScore, topFixes } from '#shared/readiness/readiness.ts';

const item = (id: string, state: ReadyState, fix: string | null = 'Mend it.'): CheckedItem => ({
  ...{ id, state, fix, title: id, group: 'tools', detail: '', checkedAt: 0, tookMs: 0 },
});
const BOARD = [
  item('a', 'ok'),
  item('b', 'warning'),
  item('c', 'unknown'),
  item('d', 'failed'),
  item('e', 'failed', null),
];

it('names what to fix first, the most urgent first, and only what can be fixed', () => {
  expect(topFixes(BOARD).map(({ id }) => id)).toEqual(['d', 'c', 'b']);
  expect(topFixes(BOARD, 1).map(({ id }) => id)).toEqual(['d']);
});

it('scores the share that is ready', () => {
  expect(readinessScore(BOARD)).toBe(20);
  expect(readinessScore([])).toBe(0);
});
