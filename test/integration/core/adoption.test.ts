/** Adopting a runbook from a window: what may be written, and what is told. */
import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { windowOf } from '../../fixtures/core-window.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';

const SEED = fileURLToPath(new URL('../../fixtures/runbooks/seed.md', import.meta.url));
const ANSWERS = { 'effects.230': 'change' };

async function imported() {
  const folder = dataFolder();
  const path = join(dataFolder(), 'seed.md');
  copyFileSync(SEED, path);
  const core = await testCore(folder);
  const window = windowOf(core);
  const { hash } = await window.call('runbook.import', { path });
  return { folder, path, core, window, hash };
}

describe('adopting from a window', () => {
  it('tells the questions, then what answers change, and writes nothing', async () => {
    const { path, window, hash } = await imported();
    const open = await window.call('runbook.adoption', { hash, answers: {} });
    expect(open).toMatchObject({ path, hunks: [], notes: [] });
    expect(open.questions.map(({ id }) => id)).toContain('effects.230');
    const { hunks, gapsBefore, gapsAfter } = await window.call('runbook.adoption', { hash, answers: ANSWERS });
    expect(hunks.flat().filter(({ kind }) => kind !== ' ')).toEqual([
      { kind: '-', text: '   ```bash', before: 230, after: null },
      { kind: '+', text: '   ```bash effect=change', before: null, after: 230 },
    ]);
    // The known effect shows that nothing proves it.
    expect(gapsAfter.map(({ code }) => code)).not.toEqual(gapsBefore.map(({ code }) => code));
    expect(readFileSync(path)).toEqual(readFileSync(SEED));
  });

  it('names the question that an answer does not fit', async () => {
    const { core, hash } = await imported();
    const answers = { 'services.hotdash-app.health': 'nowhere' };
    expect(await core.connect(() => undefined).call('runbook.adoption', { hash, answers })).toMatchObject({
      ok: false,
      error: { code: 'bad-arguments', details: { question: 'services.hotdash-app.health' } },
    });
  });

  it('saves over the file, which is then to be reviewed', async () => {
    const { path, window, hash } = await imported();
    await window.call('runbook.trust', { hash });
    const saved = await window.call('runbook.adopt', { hash, answers: ANSWERS, path });
    expect(saved).toMatchObject({ name: path, trusted: false, changedFrom: hash });
    expect(readFileSync(path, 'utf8')).toContain('```bash effect=change');
  });

  it('writes neither into the data folder, nor over another file, nor over one that was changed, nor into no folder', async () => {
    const { folder, path, window, hash } = await imported();
    const other = join(dataFolder(), 'other.md');
    writeFileSync(other, 'mine');
    const adopt = (to: string) => window.call('runbook.adopt', { hash, answers: ANSWERS, path: to });
    for (const inside of [join(folder, 'new.md'), join(folder, 'reports', 'new.md')])
      await expect(adopt(inside)).rejects.toThrow("lies in Rollbook's own data folder");
    await expect(adopt(other)).rejects.toThrow('it is not written over');
    await expect(adopt(join(folder, '..', 'no-such-folder-here', 'new.md'))).rejects.toThrow('There is no folder');
    writeFileSync(path, `${readFileSync(SEED, 'utf8')}\nmine\n`);
    await expect(adopt(path)).rejects.toThrow('was changed since it was read');
    expect(readFileSync(path, 'utf8')).toMatch(/\nmine\n$/);
    expect([readFileSync(other, 'utf8'), existsSync(join(folder, 'new.md'))]).toEqual(['mine', false]);
  });

  it('leaves the bundled runbook alone', async () => {
    const { window } = await imported();
    const [bundled] = await window.call('runbook.list', {});
    const call = window.call('runbook.adoption', { hash: bundled?.hash ?? '', answers: {} });
    await expect(call).rejects.toThrow('The bundled runbook cannot be adopted.');
  });
});
