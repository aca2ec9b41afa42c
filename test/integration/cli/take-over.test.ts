/** An incident of another Rollbook process: it is listed, acts are refused with what to do, and it can be taken over. */
import { ulid } from 'ulid';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openCore } from '#core/core.ts';
import { commandLine } from '../../fixtures/command-line.ts';

async function heldDrill() {
  const line = commandLine();
  const other = await openCore({ host: 'cli', folder: line.folder });
  onTestFinished(() => other.close());
  const drill = { scenario: 'app-rollback', speed: 60, actor: 'amy', intentId: ulid() };
  return { line, id: await other.services.drills.start(drill) };
}

describe('an incident held by another Rollbook', () => {
  it('is listed as held, and refused with the command that takes it over', async () => {
    const { line, id } = await heldDrill();
    expect((await line.run(['incidents'])).out).toContain('open, held');
    const refused = await line.run(['run', '--resume', id]);
    expect(refused.code).toBe(4);
    expect(refused.err).toContain(`rollbook run --resume ${id} --take-over "why"`);
  });

  it('is taken over with a reason, which stands on the timeline', async () => {
    const { line, id } = await heldDrill();
    const taken = await line.run(['run', '--resume', id, '--take-over', 'her laptop is at home']);
    expect(taken.err).toBe('');
    expect(taken.out).toContain(`Incident ${id}: P0`);
    expect(taken.out).toContain('Read the releases of hotdash-agent-service?');
    expect((await line.run(['export', id])).out).toContain('her laptop is at home');
  });

  it('is not taken over without an id or a reason: exit 2, nothing declared', async () => {
    const { line, id } = await heldDrill();
    expect((await line.run(['run', '--row', '1', '--take-over', 'why not'])).code).toBe(2);
    expect((await line.run(['run', '--resume', id, '--take-over', ' '])).code).toBe(2);
    const { incidents } = (await line.run(['incidents', '--json'])).json() as { incidents: unknown[] };
    expect(incidents).toHaveLength(1);
  });
});
