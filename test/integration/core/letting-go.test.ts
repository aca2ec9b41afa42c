/** An incident that no window shows and in which nothing runs is released, and resumed when it is opened again. */
import { describe, expect, it } from 'vitest';
import { ulid } from 'ulid';
import type { CallArgs } from '#shared/api/calls.ts';
import { leftAs } from '#shared/drills/left-as.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { OpenCore } from '#core/core.ts';
import { dataFolder, testCore, virtualCore } from '../../fixtures/data-folder.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { windowOf } from '../../fixtures/core-window.ts';
import { type ManualTimers, manualTimers } from '../../fixtures/manual-timers.ts';
import { stepsOf } from '../../fixtures/steering.ts';
import { passingTime, virtualPorts } from '../../fixtures/test-ports.ts';

/** Longer than a window may be away. */
const LONG_MS = 30_000;

interface IncidentService {
  readonly core: OpenCore;
  readonly timers: ManualTimers;
  /** Transactions that are on the disk. */
  readonly commits: () => number;
  readonly drill: () => Promise<string>;
  readonly isHeld: (incidentId: string) => boolean;
}

async function incidents(folder = dataFolder()): Promise<IncidentService> {
  const timers = manualTimers();
  let commits = 0;
  const committed = (): void => void (commits += 1);
  const core = await testCore(folder, { ports: { ...virtualPorts(), timers }, committed });
  const { drills, store } = core.services;
  const drill = (): Promise<string> =>
    drills.start({ scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() });
  const isHeld = (incidentId: string): boolean => store.leases.holder(incidentId) !== null;
  return { core, timers, commits: () => commits, drill, isHeld };
}

/** Waits for the effects of declaring and opening. */
async function still({ core }: IncidentService, incidentId: string): Promise<void> {
  await passingTime(
    (async () => {
      while (core.services.incidents.opened(incidentId)?.busy === true) await new Promise(setImmediate);
    })(),
  );
}

/** A drill that a window shows and in which nothing runs. */
async function viewed(here: IncidentService, window = windowOf(here.core)) {
  const id = await here.drill();
  await window.view(id);
  await still(here, id);
  return { window, id };
}

/** A drill that no window shows any more. */
async function left(here: IncidentService): Promise<string> {
  const id = await here.drill();
  await still(here, id);
  await here.timers.pass(LONG_MS);
  return id;
}

describe('letting go of an incident', () => {
  it('thirty drills looked at one after the other hold one lease, and cost one write every five seconds', async () => {
    const here = await incidents();
    const { core, timers, commits, isHeld } = here;
    const window = windowOf(core);
    const idle = timers.waiting;
    const ids: string[] = [];
    for (let n = 0; n < 30; n += 1) {
      const id = await here.drill();
      await window.view(id);
      const before = ids.at(-1);
      if (before !== undefined) await window.call('incident.unfollow', { incidentId: before });
      await still(here, id);
      ids.push(id);
    }
    await timers.pass(LONG_MS);
    expect(ids.filter(isHeld)).toEqual([ids.at(-1)]);
    const before = commits();
    await timers.pass(5_000);
    expect(commits() - before).toBe(1);
    window.close();
    await timers.pass(LONG_MS);
    expect(ids.filter(isHeld)).toEqual([]);
    expect(timers.waiting).toBe(idle);
    expect(ids.filter((id) => core.services.incidents.opened(id) !== null)).toEqual([]);
    const after = commits();
    await timers.pass(LONG_MS);
    expect(commits()).toBe(after);
  });

  it('ten that are looked at together share one sign of life', async () => {
    const here = await incidents();
    const windows = Array.from({ length: 10 }, () => windowOf(here.core));
    const ids: string[] = [];
    for (const window of windows) ids.push((await viewed(here, window)).id);
    await here.timers.pass(LONG_MS);
    expect(ids.every(here.isHeld)).toBe(true);
    const before = here.commits();
    await here.timers.pass(5_000);
    expect(here.commits() - before).toBe(1);
  });

  it('its probes end, and what they saw last is on the timeline before they do', async () => {
    const here = await incidents();
    const { core, timers } = here;
    const { window, id } = await viewed(here);
    const { http } = core.services.incidents.opened(id)?.context.adapter ?? {};
    if (http === undefined) throw new Error('the drill is open');
    let asked = 0;
    const get = http.get.bind(http);
    Object.assign(http, { get: (...args: Parameters<typeof get>) => get(...args).finally(() => (asked += 1)) });
    const clock = core.services.incidents.opened(id)?.context.adapter.clock;
    await passingTime(clock?.sleep(60_000) ?? Promise.resolve());
    expect(asked).toBeGreaterThan(2);
    window.close();
    await timers.pass(LONG_MS);
    await passingTime(new Promise(setImmediate));
    const seen = asked;
    await passingTime(core.services.clock.sleep(3_600_000));
    expect(asked).toBe(seen);
    const samples = core.services.store
      .events(id)
      .filter(({ kind }) => kind === 'probe.sampled')
      .flatMap(({ payload }) => (payload as { samples: unknown[] }).samples);
    // One was asked before the count began.
    expect(samples.length).toBeGreaterThanOrEqual(seen);
  });

  it('while a command runs it stays held, and is let go when that has ended', async () => {
    const here = await incidents();
    const { core, timers, isHeld } = here;
    const { window, id } = await viewed(here);
    const incident = core.services.incidents.opened(id);
    if (incident === null) throw new Error('it is open');
    const { choose } = stepsOf(incident);
    const expectedSeq = incident.context.eventLog.state.seq;
    const intent = { kind: 'run-reads', stepId: choose.id } as const;
    await window.call('incident.act', { incidentId: id, intentId: ulid(), expectedSeq, intent });
    window.close();
    await timers.pass(10 * LONG_MS);
    expect(isHeld(id)).toBe(true);
    expect(core.services.incidents.opened(id)).toBe(incident);
    await still(here, id);
    expect(incident.context.eventLog.state.releases?.proposed).toBe(9);
    await timers.pass(LONG_MS);
    expect(isHeld(id)).toBe(false);
  });

  it('while a watch is on it stays held', async () => {
    const here = await incidents();
    const { core, timers, isHeld } = here;
    const { window, id } = await viewed(here);
    const context = core.services.incidents.opened(id)?.context;
    const steps = context?.runbook.procedures.flatMap((procedure) => procedure.steps) ?? [];
    const stepId = steps.find(({ watch }) => watch !== null)?.id ?? '';
    const act = (intent: CallArgs<'incident.act'>['intent']) =>
      window.call('incident.act', {
        incidentId: id,
        intentId: ulid(),
        expectedSeq: context?.eventLog.state.seq ?? 0,
        intent,
      });
    await act({ kind: 'start-watch', stepId });
    window.close();
    await timers.pass(10 * LONG_MS);
    expect(isHeld(id)).toBe(true);
    await passingTime(core.services.clock.sleep(120_000));
    expect(context?.eventLog.state.watch?.probes).toBeGreaterThan(0);
    await still(here, id);
    expect(context?.eventLog.state.watch?.endedAt).not.toBeNull();
    await timers.pass(LONG_MS);
    expect(isHeld(id)).toBe(false);
  });

  it('what could not be written down yet keeps it', async () => {
    const here = await incidents();
    const { core, timers, isHeld } = here;
    const { window, id } = await viewed(here);
    const storageHealth = core.services.incidents.opened(id)?.context.storageHealth;
    storageHealth?.report(new RollbookError('disk-full', 'The disk is full.'));
    window.close();
    await timers.pass(LONG_MS);
    expect(isHeld(id)).toBe(true);
    storageHealth?.clear();
    await timers.pass(LONG_MS);
    expect(isHeld(id)).toBe(false);
  });

  it('a page that is loaded again finds it as it was; one that comes later takes it up anew', async () => {
    const here = await incidents();
    const { core, timers, isHeld } = here;
    const { window: first, id } = await viewed(here);
    const incident = core.services.incidents.opened(id);
    first.close();
    await timers.pass(3_000);
    const second = windowOf(core);
    await second.view(id);
    await timers.pass(LONG_MS);
    expect(core.services.incidents.opened(id)).toBe(incident);
    second.close();
    await timers.pass(LONG_MS);
    expect(core.services.incidents.opened(id)).toBeNull();
    const third = windowOf(core);
    const seen = await third.view(id);
    expect(isHeld(id)).toBe(true);
    expect(core.services.incidents.opened(id)?.steering).toBe(true);
    const intent = { kind: 'note', text: 'back again', starred: false } as const;
    await third.call('incident.act', { incidentId: id, intentId: ulid(), expectedSeq: seen, intent });
  });

  it('a window that only follows, as after a lost connection, takes it up too', async () => {
    const here = await incidents();
    const id = await left(here);
    expect(here.isHeld(id)).toBe(false);
    await windowOf(here.core).call('incident.follow', { incidentId: id, afterSeq: 0 });
    expect(here.isHeld(id)).toBe(true);
  });

  it('a window that leaves while it still begins to follow holds nothing', async () => {
    const here = await incidents();
    const [followed, closed] = [await left(here), await left(here)];
    const [one, two] = [windowOf(here.core), windowOf(here.core)];
    const following = [
      one.call('incident.follow', { incidentId: followed, afterSeq: 0 }),
      two.call('incident.follow', { incidentId: closed, afterSeq: 0 }),
    ];
    await one.call('incident.unfollow', { incidentId: followed });
    two.close();
    await Promise.all(following);
    await here.timers.pass(LONG_MS);
    expect([followed, closed].filter(here.isHeld)).toEqual([]);
  });

  it('reading of it (its report, a page of output) opens it for a moment only', async () => {
    const here = await incidents();
    const { core, timers } = here;
    const id = await left(here);
    const window = windowOf(core);
    await window.call('report.preview', { incidentId: id });
    expect(core.services.incidents.opened(id)).not.toBeNull();
    await timers.pass(LONG_MS);
    expect(core.services.incidents.opened(id)).toBeNull();
  });

  it('another Rollbook on the data folder can go on with it without taking it over', async () => {
    const here = await incidents();
    const listed: (string | null)[] = [];
    windowOf(here.core, ({ name, payload }) => {
      if (name === 'incident.listed') listed.push(leftAs(payload.summary));
    });
    const { window, id } = await viewed(here);
    window.close();
    await here.timers.pass(LONG_MS);
    // The home screens and the command line do not call it interrupted.
    expect(listed.at(-1)).toBe('unattended');
    const line = commandLine(here.core.services.store.folder);
    const { out } = await line.run(['incidents']);
    expect(out).toContain('open, unattended');
    expect(out).toContain('unattended: it is open, and nobody works on it; its clocks go on.');
    expect(out).not.toContain('interrupted');
    expect((await line.run(['drill', '--history'])).out).toContain('Open, unattended: ');
    const other = await virtualCore(here.core.services.store.folder);
    const incident = await other.services.incidents.open(id);
    await incident.steer();
    expect(incident.steering).toBe(true);
  });
});
