/** After a fast stop the machines may be started by somebody else: a reading that shows it ends what is owed. */
import { describe, expect, it } from 'vitest';
import { reduce } from '#shared/incident/reduce.ts';
import { servicesDown } from '#shared/incident/service-down.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';

interface Seen {
  readonly id: string;
  readonly group: string;
  readonly state: string;
  readonly cordoned?: true;
}

const SERVICE = 'shop';
const web: Seen = { id: 'm1', group: 'web', state: 'started' };
const worker: Seen = { id: 'm2', group: 'worker', state: 'started' };

const stopped = (): IncidentEvents =>
  new IncidentEvents().add('machines.stopping', {
    stepId: 'stop/stop',
    service: SERVICE,
    startStepId: 'stop/start',
    machines: [web, worker],
    running: ['m1', 'm2'],
  });

const stateOf = (events: IncidentEvents): IncidentState => reduce(events.events) as IncidentState;

const rollout = (machines: readonly Seen[], service = SERVICE): IncidentState =>
  stateOf(
    stopped().add('rollout.seen', {
      runId: '',
      service,
      machines: machines.map((machine) => ({ ...machine, image: 'v9', onTarget: true, passing: 1, checks: 1 })),
    }),
  );

const check = (machines: readonly Seen[], met: boolean) => ({
  stepId: 'stop/stop',
  service: SERVICE,
  what: 'stop' as const,
  startStepId: 'stop/start',
  met,
  machines: [...machines],
  findings: [],
});

const stopChecked = (machines: readonly Seen[]): IncidentState =>
  stateOf(stopped().add('machines.checked', check([], true)).add('machines.checked', check(machines, false)));

const READINGS = [
  ['the machines of a deploy', rollout],
  ['the fast stop looked at again', stopChecked],
] as const;

describe.each(READINGS)('after a fast stop, %s', (_name, read) => {
  it('shows that all run again: starting them is not owed any more', () => {
    const state = read([web, worker]);
    expect(servicesDown(state)).toEqual([]);
    expect(state.stoppedMachines).toMatchObject({ open: false });
    expect(state.deferred).toMatchObject([{ stepId: 'stop/start', settled: { how: 'done' } }]);
  });

  it('counts a machine that took the place of a destroyed one', () => {
    expect(servicesDown(read([web, { ...worker, state: 'destroyed' }, { ...worker, id: 'm3' }]))).toEqual([]);
  });

  it.each<[string, readonly Seen[]]>([
    ['one is still stopped', [web, { ...worker, state: 'stopped' }]],
    ['one is only starting', [web, { ...worker, state: 'starting' }]],
    ['one is cordoned, so that users do not reach it', [web, { ...worker, cordoned: true }]],
    ['a group has no machine any more', [web]],
    ['there is none', []],
  ])('leaves it owed while %s', (_when, machines) => {
    const state = read(machines);
    expect(servicesDown(state)).toMatchObject([{ stepId: 'stop/start' }]);
    expect(state.deferred).toMatchObject([{ stepId: 'stop/start', settled: null }]);
  });
});

it('a stop that was never seen to work stays owed: it may still take effect', () => {
  expect(servicesDown(stateOf(stopped().add('machines.checked', check([web, worker], false))))).toHaveLength(1);
});

it('the machines of another service say nothing about it', () => {
  expect(servicesDown(rollout([web, worker], 'worker'))).toHaveLength(1);
});
