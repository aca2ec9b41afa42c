import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';

/** Without services and logins, so that nothing uses the network. */
const BOOK = [
  '# Book',
  '',
  '## Option 1: Look',
  '',
  '1. **Look**',
  '   ```bash',
  '   git status --short',
  '   ```',
  '',
].join('\n');

describe('rollbook readiness', () => {
  it('prints the board of a runbook as JSON', async () => {
    const line = commandLine();
    writeFileSync(join(line.cwd, 'book.md'), BOOK);
    const { code, json } = await line.run(['readiness', 'book.md', '--json']);
    expect(json()).toMatchObject({
      runbook: { title: 'Book' },
      items: [
        { id: 'tool git', group: 'tools', state: 'ok', detail: expect.stringMatching(/^\/.*git \d/) },
        { id: 'disk', group: 'machine' },
        { id: 'checkout', state: 'warning' },
        { id: 'awake', group: 'machine' },
        { id: 'runbook', state: 'ok' },
        { id: 'drill', state: 'warning', fix: expect.stringContaining('rollbook drill') },
        { id: 'last-proven', state: 'warning' },
      ],
    });
    expect([0, 1]).toContain(code);
  });

  it('groups what it found, and names the runbook', async () => {
    const line = commandLine();
    writeFileSync(join(line.cwd, 'book.md'), BOOK);
    const { out } = await line.run(['readiness', 'book.md']);
    expect(out).toContain('Readiness for Book');
    expect(out).toContain('\ntools\n');
    expect(out).toContain('Looked at in ');
  });

  it('exits 2 for a file it cannot read', async () => {
    const { code, err } = await commandLine().run(['readiness', 'none.md']);
    expect(code).toBe(2);
    expect(err).toContain('none.md');
  });

  it("says of a runbook nothing that another one's drill proved, and what can be done for it", async () => {
    const line = commandLine();
    writeFileSync(join(line.cwd, 'book.md'), BOOK);
    await line.run(['drill', '--scenario', 'app-rollback', '--auto', '--speed', '600']);
    const mine = await line.run(['readiness', 'book.md', '--json']);
    expect(mine.json()).toMatchObject({
      items: expect.arrayContaining([
        expect.objectContaining({
          id: 'drill',
          state: 'warning',
          detail: 'never held on this machine with this runbook',
          fix: expect.stringContaining('rollbook drill --real --runbook FILE') as string,
        }),
      ]) as unknown,
    });
  });
});
