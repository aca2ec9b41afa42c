/** No bundle is written of a timeline that does not verify, because it could not be imported anywhere. */
import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { windowOf } from '../../fixtures/core-window.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { begun, kindsOf, WITHOUT } from '../../fixtures/handover-story.ts';
import { take } from '../../fixtures/steering.ts';

/** Changes the actor of event 2, and nothing else. */
function forge(folder: string): void {
  const db = new Database(join(folder, 'rollbook.db'));
  db.exec(`DROP TRIGGER events_are_final; UPDATE events SET actor = 'eve' WHERE seq = 2`);
  db.close();
}

describe('an incident with a forged event', () => {
  it('is not handed over: what is wrong and what to do is said, and it can be ended here', async () => {
    const { core, id, incident, handovers } = await begun();
    const { folder } = core.services.store;
    forge(folder);
    const before = kindsOf(core, id);
    const path = join(folder, 'x.rollbook');
    await expect(handovers.give(id, { ...WITHOUT, path }, 'ann')).rejects.toMatchObject({
      code: 'not-allowed',
      message: expect.stringContaining('does not verify at event 2') as string,
      advice: expect.stringContaining(`rollbook resolve ${id}`) as string,
    });
    const window = windowOf(core);
    await expect(window.call('handover.give', { incidentId: id, ...WITHOUT })).rejects.toThrow('at event 2');
    window.close();
    expect(existsSync(path)).toBe(false);
    expect(existsSync(join(folder, 'handovers'))).toBe(false);
    expect(kindsOf(core, id)).toEqual(before);
    await take(incident, { kind: 'resolve', summary: 'back' });
    expect(incident.context.eventLog.state.resolvedAt).not.toBeNull();
  });

  it('on the command line it is a failure, and no file is written', async () => {
    const { core, id } = await begun();
    const { folder } = core.services.store;
    await core.close();
    forge(folder);
    const line = commandLine(folder);
    const { code, err } = await line.run(['handover', 'export', id, '-o', 'down.rollbook']);
    expect([code, err]).toEqual([1, expect.stringContaining('does not verify at event 2')]);
    expect(existsSync(join(folder, 'down.rollbook'))).toBe(false);
  });
});
