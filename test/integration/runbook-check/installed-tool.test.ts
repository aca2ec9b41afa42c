/** Installing a tool makes the findings of a check more exact, never fewer. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { systemClock } from '#core/system-ports.ts';
import { checkWithTools } from '#core/runbook-check/check-file.ts';
import { type SimulatedPath, simulatedPath } from '../../tools/simulated-path.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';

let tools: SimulatedPath;
beforeAll(async () => {
  tools = await simulatedPath({ scenario: 'app-rollback', speed: 600 });
});
afterAll(async () => await tools.stop());

async function findings(source: string, path: string): Promise<readonly string[]> {
  const { model, source: text } = parseRunbook(source, 'book.md');
  const report = await checkWithTools(model, text, {
    name: 'book.md',
    clock: systemClock(),
    environment: { ...process.env, PATH: path, ROLLBOOK_CLOUD: process.env['ROLLBOOK_CLOUD'] } as Record<
      string,
      string
    >,
    dataFolder: dataFolder(),
    ownFolders: [],
    approved: [],
    probe: true,
  });
  return report.findings.map(({ rule, line }) => `${rule} ${line}`);
}

const fixture = (name: string): string =>
  readFileSync(new URL(`../../fixtures/runbooks/${name}`, import.meta.url), 'utf8');
const book = (...commands: readonly string[]): string => ['# Book', '', '```bash', ...commands, '```', ''].join('\n');

describe('a check with fly installed', () => {
  it.each([
    ['a runbook with commands that fly does not have', fixture('pier-nine.md')],
    ['a runbook without hints', fixture('no-hints.md')],
    ['the runbook that started it all', fixture('seed.md')],
    ['stale commands', fixture('../runbook-check/stale-commands.md')],
    [
      'commands that print the help of their group',
      book(
        'fly releases rollback v9 -a shop',
        'fly releases list -a shop',
        'fly releases show v9 -a shop',
        'fly apps releases v9',
        'fly logs shop',
        'fly status shop',
        'fly secrets key',
        'fly ips rm 192.0.2.1',
        'fly machine delete 3d8d',
      ),
    ],
  ])('finds in %s all that it finds without', async (_what, source) => {
    const without = await findings(source, '/usr/bin:/bin');
    const installed = await findings(source, `${tools.pathEntry}:/usr/bin:/bin`);
    const missing = without.filter((finding) => !finding.startsWith('missing-program') && !installed.includes(finding));
    expect(without.length).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  });

  it('finds words behind commands that take none', async () => {
    const commands = ['fly releases rollback v9', 'fly logs shop', 'fly status shop', 'fly releases list'];
    const found = await findings(book(...commands), `${tools.pathEntry}:/usr/bin:/bin`);
    for (const line of [4, 5, 6, 7]) expect(found.join('\n')).toMatch(new RegExp(`unknown-\\S+ ${line}\\b`));
  });
});
