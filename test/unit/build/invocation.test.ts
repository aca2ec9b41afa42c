import { expect, it } from 'vitest';
import { invocation } from '../../../build/setup/invocation.mjs';

const started = (script: string, byNpm = false): string => invocation({ script, cwd: '/project/docs', byNpm });

it('says what was typed to start the command of a checkout', () => {
  expect(started('/project/build/rollbook.mjs', true)).toBe('npm run -s rollbook --');
  expect(started('/project/build/rollbook.mjs')).toBe('node ../build/rollbook.mjs');
  expect(started('/project/my docs/build/rollbook.mjs')).toBe('node "../my docs/build/rollbook.mjs"');
  expect(started('/usr/local/bin/rollbook')).toBe('rollbook');
});
