/**
 * The lists in electron/cli/README.md match the program. `ROLLBOOK_RECORD=1 npm test -- unit
 * documents/generated` writes them again.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { inProject } from '../../../build/setup/project.mjs';
import { commandReference, scenarioTable, typedWordsText } from './generated.ts';

const FILE = 'electron/cli/README.md';
const AGAIN = `${FILE} is out of date. Write it anew: ROLLBOOK_RECORD=1 npm test -- unit documents/generated`;

describe.each([
  ['commands', commandReference],
  ['scenarios', scenarioTable],
  ['typed-words', typedWordsText],
] as const)('the list of %s', (name, make) => {
  it('is what the program says', async () => {
    const text = readFileSync(inProject(FILE), 'utf8');
    const [begin, end] = [`<!-- generated: ${name} -->\n`, `<!-- end: ${name} -->\n`];
    const from = text.indexOf(begin) + begin.length;
    const until = text.indexOf(end);
    expect(from, begin).toBeGreaterThanOrEqual(begin.length);
    expect(until, end).toBeGreaterThanOrEqual(from);
    const wanted = `\n${await make()}\n\n`;
    if (process.env['ROLLBOOK_RECORD'] === '1')
      writeFileSync(inProject(FILE), `${text.slice(0, from)}${wanted}${text.slice(until)}`);
    else expect(text.slice(from, until), AGAIN).toBe(wanted);
  });
});
