/** A drill on a disk that is full after one of its writes. */
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { ulid } from 'ulid';
import type { OpenCore } from '#core/core.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import type { Envelope } from '#shared/incident/event.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { Tally } from '../../fixtures/fault-table.ts';
import { type SmallDisk, smallDisk } from '../../fixtures/small-disk.ts';
import { send, stepsOf, take } from '../../fixtures/steering.ts';
import { passingTime, virtualPorts } from '../../fixtures/test-ports.ts';

/** Fills the disk after every nth write of a drill. Answers why no such disk can be mounted, or null. */
export async function fullAfterSome({ every }: { readonly every: number }): Promise<string | null> {
  const tally = new Tally('disk full after a write');
  const folder = dataFolder();
  for (let write = 1, reached = true; reached; write += every) {
    const disk = smallDisk(folder, 4);
    if (typeof disk === 'string') {
      console.log(`skipped: ${disk}`);
      return disk;
    }
    try {
      reached = await fullAfterWrite(write, join(folder, 'data'), disk, tally);
      tally.times += Number(reached);
    } finally {
      disk.unmount();
    }
  }
  tally.judge();
  return null;
}

/** `folder` is on the disk. Answers whether there were that many writes. */
async function fullAfterWrite(write: number, folder: string, disk: SmallDisk, tally: Tally): Promise<boolean> {
  const where = `full after write ${write}`;
  let writes = 0;
  let opened = false;
  const committed = (): void => {
    if (!opened) return;
    writes += 1;
    if (writes === write) disk.fill();
  };
  const core = await testCore(folder, { ports: virtualPorts(), committed, report: () => undefined });
  opened = true;
  try {
    const { incident, told } = await begun(core, disk);
    await passingTime(rolledBack(incident)).catch((thrown: unknown) => {
      const { code, advice } = thrown as { readonly code?: string; readonly advice?: string };
      const known = code === 'conflict' || (code === 'disk-full' && /space/i.test(advice ?? ''));
      if (writes < write || !known) tally.wrong.push(`${where}: ${String(thrown)}`);
    });
    disk.makeRoom();
    await passingTime(incident.settled());
    await passingTime(send(incident, { kind: 'note', text: 'there is room again', starred: false }));
    await passingTime(incident.settled());
    for (const { endedAt, shown } of incident.context.eventLog.state.runs.values())
      if (endedAt === null) tally.wrong.push(`${where}: ${shown} seems to run`);
    await passingTime(send(incident, { kind: 'resolve', summary: 'left' }));
    const { store } = core.services;
    const stored = store.events(incident.context.incidentId);
    for (const event of told)
      if (!isDeepStrictEqual(stored[event.seq - 1], event))
        tally.lost.push(`${where}: event ${event.seq}, ${event.kind}`);
    if (!store.verify(incident.context.incidentId).ok) tally.wrong.push(`${where}: the chain does not hold`);
  } catch (thrown) {
    tally.wrong.push(`${where}: ${String(thrown)}`);
  } finally {
    disk.makeRoom();
    await passingTime(core.close());
  }
  return writes >= write;
}

async function begun(core: OpenCore, disk: SmallDisk) {
  const { drills, incidents, store } = core.services;
  const start = { scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() };
  // A person makes room and tries again.
  const id = await passingTime(drills.start(start)).catch(() => {
    disk.makeRoom();
    return passingTime(drills.start(start));
  });
  const incident = await incidents.open(id);
  const told: Envelope[] = [...store.events(id)];
  incident.follow((events) => told.push(...events));
  // Events that wait for room are kept.
  incident.context.storageHealth.follow((problem) => problem !== null && disk.makeRoom());
  return { incident, told };
}

async function rolledBack(incident: OpenIncident): Promise<void> {
  const { choose, deploy } = stepsOf(incident);
  // Releases that are not on the timeline cannot be chosen.
  await take(incident, { kind: 'run-reads', stepId: choose.id }, 'refuse');
  await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
  await take(incident, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
}
