import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterEach, expect, it, vi } from 'vitest';
import { asTypedHere, invocation } from '../../../electron/cli/invocation.ts';

afterEach(() => vi.unstubAllEnvs());

const BY_NPM = 'npm run -s rollbook --';

it('is rollbook, unless the checkout says what was typed', () => {
  vi.stubEnv('ROLLBOOK_INVOCATION', undefined);
  expect(invocation()).toBe('rollbook');
  vi.stubEnv('ROLLBOOK_INVOCATION', BY_NPM);
  expect(invocation()).toBe(BY_NPM);
});

it('puts what was typed into the advice of the core, once, and only where a command line begins', () => {
  vi.stubEnv('ROLLBOOK_INVOCATION', BY_NPM);
  const typed = asTypedHere(
    'List them with `rollbook incidents`, or (rollbook --help). Go on: rollbook run --resume ID',
  );
  expect(typed).toBe(`List them with \`${BY_NPM} incidents\`, or (${BY_NPM} --help). Go on: ${BY_NPM} run --resume ID`);
  expect(asTypedHere(typed)).toBe(typed);
  const other = 'Look in ~/.local/share/rollbook or at rollbook: 1 in the file.';
  expect(asTypedHere(other)).toBe(other);
});

/** The help of definitions/ names commands and prints no next one; stderr's prefix is "rollbook: ". */
it('no text of the command line says a bare rollbook', () => {
  const folder = fileURLToPath(new URL('../../../electron/cli/', import.meta.url));
  const bare = globSync('**/*.ts', { cwd: folder, exclude: ['definitions/**'] }).flatMap((file) =>
    readFileSync(folder + file, 'utf8')
      .split('\n')
      .filter((line) => !/^\s*(?:\/?\*|\/\/)/.test(line) && /(?<=[\s`"'(])rollbook (?:[a-z]|--\w)/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
  expect(bare).toEqual([]);
});
