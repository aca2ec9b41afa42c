import { describe, expect, it } from 'vitest';
import { pathProblem } from '../../../renderer/features/runbooks/absolute-path.ts';

describe('the path of a runbook to add', () => {
  it.each(['/home/ann/payments.md', 'C:\\runbooks\\payments.md', 'd:/payments.md', '\\\\share\\payments.md'])(
    'takes %s',
    (path) => {
      expect(pathProblem(path)).toBeNull();
    },
  );

  it.each(['payments.md', './payments.md', '../payments.md', '~/payments.md', ''])(
    'refuses "%s" and says how',
    (path) => {
      expect(pathProblem(path)?.advice).toContain('/home/ann');
    },
  );
});
