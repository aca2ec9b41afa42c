import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { RollbookError } from '#shared/api/result.ts';
import { inThread, JobThread } from '#core/untrusted/in-thread.ts';
import { assetPath } from '#core/assets.ts';

const BUNDLED_RUNBOOK = readFileSync(assetPath('shared/runbooks/hotdash.md'), 'utf8');
const BODY = BUNDLED_RUNBOOK.replace(/^---[^]*?\n---\n/, '');
const ROOM = { ms: 60_000, megabytes: 1024 };

const refusalOf = (running: Promise<unknown>): Promise<RollbookError> =>
  running.then(
    () => expect.unreachable('it was not refused'),
    (thrown: unknown) => (thrown instanceof RollbookError ? thrown : Promise.reject(thrown as Error)),
  );

describe('content that others wrote', () => {
  it('is read in a thread of its own: whoever asks for something else meanwhile is answered first', async () => {
    const answered: string[] = [];
    const long = inThread('parse', { raw: BODY.repeat(3), name: 'long.md' }, 'long.md');
    const reading = long.then(({ model }) => answered.push(`read ${model.procedures.length > 0}`));
    for (let turn = 1; turn <= 3; turn += 1) {
      await new Promise((resolve) => setImmediate(resolve));
      answered.push(`turn ${turn}`);
    }
    await reading;
    expect(answered).toEqual(['turn 1', 'turn 2', 'turn 3', 'read true']);
  });

  it('that takes too long is refused by name, and the next one is read', async () => {
    const thread = new JobThread({ ...ROOM, ms: 1 });
    const refused = await refusalOf(thread.run('parse', { raw: BUNDLED_RUNBOOK, name: 'slow.md' }, 'slow.md'));
    expect(refused).toMatchObject({ code: 'too-large', message: 'slow.md takes more than 0.001 s to read.' });
    expect((await inThread('parse', { raw: '# Fine\n', name: 'fine.md' }, 'fine.md')).model.title).toBe('Fine');
  });

  it('that takes too much memory is refused by name, and this process lives', async () => {
    const thread = new JobThread({ ...ROOM, megabytes: 16 });
    const raw = BODY.repeat(25);
    const refused = await refusalOf(thread.run('parse', { raw, name: 'fat.md' }, 'fat.md'));
    expect(refused).toMatchObject({ code: 'too-large', message: 'fat.md takes more than 16 MB of memory to read.' });
  });

  it('is refused with the error of the job, whole', async () => {
    const refused = await refusalOf(inThread('parse', { raw: 'a\n'.repeat(20_000), name: 'log.md' }, 'log.md'));
    expect(refused).toMatchObject({
      code: 'too-large',
      message: 'log.md has 20,001 lines; a runbook may have 10,000.',
      advice: 'Split it into one runbook for each system, or move pasted logs out of it.',
      details: { count: 20_001, limit: 10_000 },
    });
  });

  it('waits its turn, in the order asked', async () => {
    const thread = new JobThread(ROOM);
    const done: string[] = [];
    await Promise.all(
      ['a', 'b', 'c'].map(async (name) => {
        const { model } = await thread.run('parse', { raw: `# ${name}\n`, name }, name);
        done.push(model.title);
      }),
    );
    expect(done).toEqual(['a', 'b', 'c']);
  });
});
