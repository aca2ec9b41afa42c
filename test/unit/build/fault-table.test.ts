import { expect, it } from 'vitest';
import { faultTable } from '../../../build/checks/fault-table.mjs';

it('adds up the rows of a fault, and keeps the longest time and the most memory', () => {
  const lines = faultTable([
    { fault: 'killed', times: 23, lost: 0, wrong: 0 },
    { fault: 'huge table', times: 1, lost: 0, wrong: 0, ms: 900, megabytes: 120.4 },
    { fault: 'killed', times: 40, lost: 1, wrong: 2 },
    { fault: 'huge table', times: 1, lost: 0, wrong: 1, ms: 1_200, megabytes: 90 },
  ]);
  expect(lines).toEqual([
    '  fault       times  lost  wrong  longest  peak memory',
    '  killed         63     1      2',
    '  huge table      2     0      1    1.2 s       120 MB',
  ]);
});

it('has no column that says nothing, and is not there without rows', () => {
  expect(faultTable([{ fault: 'killed', times: 1, lost: 0, wrong: 0 }])[0]).toBe('  fault   times  lost  wrong');
  expect(faultTable([])).toEqual([]);
});
