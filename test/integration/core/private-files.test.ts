/** All files of the data folder are private to their owner at all times. Checked after each commit. */
import { existsSync, lstatSync, readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { ulid } from 'ulid';
import { describe, expect, it } from 'vitest';
import { autopilot } from '#core/drills/autopilot.ts';
import { writeWhole } from '#core/files/write-whole.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { declareLive, liveStory } from '../../fixtures/live-story.ts';
import { passingTime, virtualPorts } from '../../fixtures/test-ports.ts';

/** The files that others can read or write, as `path 0644`. */
function open(folder: string, at = folder): readonly string[] {
  return readdirSync(at, { withFileTypes: true }).flatMap((entry) => {
    const path = join(at, entry.name);
    const stats = lstatSync(path, { throwIfNoEntry: false });
    if (stats === undefined || entry.isSymbolicLink()) return [];
    const mode = stats.mode & 0o777;
    const own = (mode & 0o077) === 0 ? [] : [`${relative(folder, path)} ${mode.toString(8)}`];
    return [...own, ...(entry.isDirectory() ? open(folder, path) : [])];
  });
}

/** The names of its files, without ids and process numbers. */
const kindsOf = (found: readonly string[]): readonly string[] => [
  ...new Set(found.map((each) => each.replaceAll(/[0-9A-HJKMNP-TV-Z]{26}/g, 'ID'))),
];

describe.skipIf(process.platform === 'win32')('the data folder', () => {
  it('is private all through a drill, its report and its handover', async () => {
    const folder = dataFolder();
    const found: string[] = [];
    const committed = (): void => void found.push(...open(folder));
    const core = await testCore(folder, { ports: virtualPorts(), committed });
    const { drills, incidents, reports, handovers } = core.services;
    const incidentId = await drills.start({ scenario: 'db-rollback', speed: 600, actor: 'ann', intentId: ulid() });
    const incident = await incidents.open(incidentId);
    await passingTime(autopilot(incident, 'ann', ulid));
    await core
      .connect(() => undefined)
      .call('runbook.print', { hash: incident.context.eventLog.state.declared.runbook.hash });
    await reports.export(incidentId, null, 'ann');
    await handovers.give(incidentId, { path: null, to: 'bo', reason: 'end of shift' }, 'ann');
    expect(kindsOf([...found, ...open(folder)])).toEqual([]);
  });

  it('is private all through a live incident, with what a keeper writes', async () => {
    const found: string[] = [];
    let seen = 0;
    const story = await liveStory('app-rollback', {
      committed: (folder) => {
        found.push(...open(folder));
        seen += existsSync(join(folder, 'runs')) ? readdirSync(join(folder, 'runs')).length : 0;
      },
    });
    await autopilot(await declareLive(story), 'ann', ulid);
    expect(kindsOf([...found, ...open(story.folder)]).filter((each) => !each.startsWith('live.md'))).toEqual([]);
    expect(seen).toBeGreaterThan(0);
  });

  it('has a private file in a folder that was made for it', () => {
    const folder = dataFolder();
    writeWhole(join(folder, 'drills', 'ID.json'), '{}', 'The drill', 0o600);
    expect(open(folder)).toEqual([]);
  });
});
