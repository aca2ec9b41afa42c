import { expect, it } from 'vitest';
import { foundText } from '../../../renderer/features/runbooks/found-text.ts';

const found = (...severities: readonly ('error' | 'warning' | 'note')[]) =>
  foundText({ findings: severities.map((severity) => ({ severity })) });

it('counts what the check found, before a runbook is trusted', () => {
  expect(found('error', 'warning', 'error')).toBe('The check found 2 errors and 1 warning.');
  expect(found('note')).toBe('The check found no errors.');
  expect(foundText(null)).toBe('The check has not finished.');
});
