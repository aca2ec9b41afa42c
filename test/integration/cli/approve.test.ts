/** Approving an unlisted program: once for its file, remembered, and revoked. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { prependPath } from '../../fixtures/environment.ts';
import { noPrintingProgram, printingProgram, shopctlHelp } from '../../fixtures/printing-program.ts';
import { skippedFor } from '../../fixtures/skipping.ts';

const BOOK = '# R\n\n## Option 1: Back\n\n1. **Go**\n   ```bash effect=read\n   shopctl rollback now\n   ```\n';

function story() {
  const line = commandLine();
  const bin = dataFolder();
  prependPath(bin);
  writeFileSync(join(line.cwd, 'r.md'), BOOK);
  const check = async (...more: readonly string[]) => {
    const said = await line.run(['check', 'r.md', '--json', ...more]);
    return { said, result: said.code > 1 ? null : (said.json() as { tools: unknown; askable: unknown }) };
  };
  return { line, bin, check };
}

describe('rollbook check --approve', skippedFor(noPrintingProgram), () => {
  it('is remembered by path and content, asked about anew when the file changed, and taken back in the settings', async () => {
    const { line, bin, check } = story();
    const path = join(bin, 'shopctl');
    printingProgram(path, shopctlHelp('status'));
    const asked = { tool: 'shopctl', path, version: '1.4.2', why: null };
    expect((await check()).result).toMatchObject({ tools: [], askable: [{ tool: 'shopctl', path }] });
    expect((await line.run(['check', 'r.md'])).out).toContain(
      `"--approve shopctl" asks ${path} for its help: shopctl --version, shopctl --help, shopctl rollback --help`,
    );
    expect((await check('--approve', 'shopctl')).result?.tools).toEqual([asked]);
    expect((await check()).result).toMatchObject({ tools: [asked], askable: [] });
    expect((await line.run(['settings'])).out).toContain(
      `approved.shopctl  may be asked for its help: ${path}, sha256 `,
    );

    printingProgram(path, shopctlHelp('rollback'));
    expect((await check()).result).toMatchObject({
      tools: [{ why: 'it was approved, and is another file by now' }],
      askable: [{ changed: true }],
    });
    expect((await check('--approve', 'shopctl')).result?.tools).toEqual([asked]);

    expect((await line.run(['settings', 'unset', 'approved.shopctl'])).code).toBe(0);
    expect((await check()).result).toMatchObject({ tools: [], askable: [{ tool: 'shopctl', changed: false }] });
    const again = await line.run(['settings', 'unset', 'approved.shopctl']);
    expect(again.code).toBe(2);
    expect(again.err).toContain('is not an approved program');
  });

  it('never approves a script, a path, or what lies with the runbook', async () => {
    const { line, bin, check } = story();
    writeFileSync(join(bin, 'shopctl'), '#!/bin/sh\necho deployed\n', { mode: 0o755 });
    const script = await check('--approve', 'shopctl');
    expect(script.said.code).not.toBe(0);
    expect(script.said.out).toContain('it is a script');
    printingProgram(join(line.cwd, 'ownctl'), shopctlHelp('status'));
    for (const name of ['./ownctl', join(line.cwd, 'ownctl')]) {
      expect((await check('--approve', name)).said.out).toContain('A path cannot be approved');
    }
    prependPath(line.cwd);
    expect((await check('--approve', 'ownctl')).said.out).toContain('it is in the folder of the runbook');
    expect((await line.run(['settings'])).out).not.toContain('approved.');
  });
});
