import { describe, expect, it } from 'vitest';
import { parseMachineList, type ListedMachine } from '#shared/platforms/fly/status.ts';
import { areAtRest, evaluateStarted, evaluateStopped } from '#shared/platforms/fly/machines-stopped.ts';

const machine = (id: string, state: string, more: Partial<ListedMachine> = {}): ListedMachine => ({
  id,
  state,
  region: 'iad',
  group: 'app',
  imageRef: 'registry.fly.io/shop:v1',
  digest: null,
  configImage: '',
  releaseVersion: 1,
  checks: [{ name: 'http', status: 'passing', output: '' }],
  cordoned: true,
  ...more,
});
const answered = (status: number) => ({ kind: 'answer', status }) as const;
const NONE = { kind: 'no-answer', reason: 'connection refused' } as const;
const unmet = (findings: ReturnType<typeof evaluateStopped>): readonly string[] =>
  findings.filter(({ met }) => !met).map(({ rule }) => rule);

describe('the fast stop', () => {
  it('is met when all stand, none can be woken, and nobody is served', () => {
    const all = [machine('a', 'stopped'), machine('b', 'suspended')];
    expect(unmet(evaluateStopped(all, [answered(503), NONE, answered(502)]))).toEqual([]);
    expect(evaluateStopped(all, [NONE])).toHaveLength(3);
  });

  it('is never vacuous: no machine at all proves nothing', () => {
    expect(unmet(evaluateStopped([], []))).toEqual(['machines-stopped']);
    expect(areAtRest([])).toBe(false);
  });

  it.each(['started', 'starting', 'stopping', 'replacing', 'whatever comes next'])(
    'is not met while one is %s',
    (state) => {
      expect(unmet(evaluateStopped([machine('a', 'stopped'), machine('b', state)], []))).toEqual(['machines-stopped']);
    },
  );

  it('is not met when the next request would start one, or when somebody is still served', () => {
    const open = machine('a', 'stopped', { cordoned: false });
    expect(unmet(evaluateStopped([open], [NONE]))).toEqual(['machines-cordoned']);
    for (const status of [200, 302, 404])
      expect(unmet(evaluateStopped([machine('a', 'stopped')], [NONE, answered(status)]))).toEqual(['nobody-served']);
  });

  it('a flyctl that does not say what is cordoned leaves it to the address', () => {
    const quiet = machine('a', 'stopped', { cordoned: null });
    expect(evaluateStopped([quiet], [NONE]).map(({ rule }) => rule)).toEqual(['machines-stopped', 'nobody-served']);
  });
});

describe('its way back', () => {
  const good = [answered(200), answered(200), answered(200)];
  const up = (id: string, more: Partial<ListedMachine> = {}) => machine(id, 'started', { cordoned: false, ...more });

  it('is met when those that ran are started, uncordoned, checked and answering; the others are left alone', () => {
    expect(unmet(evaluateStarted(['a'], [up('a'), machine('b', 'stopped')], good))).toEqual([]);
  });

  it.each([
    ['one is gone', ['a', 'b'], [up('a')], good, 'machines-started'],
    ['one is not up', ['a'], [machine('a', 'starting', { cordoned: false })], good, 'machines-started'],
    ['none was to be started', [], [], good, 'machines-started'],
    ['one is cordoned', ['a'], [up('a', { cordoned: true })], good, 'machines-uncordoned'],
    ['there is no check', ['a'], [up('a', { checks: [] })], good, 'checks-passing'],
    ['the address was asked too rarely', ['a'], [up('a')], good.slice(1), 'health-answers'],
  ] as const)('is not met when %s', (_what, wanted, machines, health, rule) => {
    expect(unmet(evaluateStarted(wanted, machines, health))).toContain(rule);
  });
});

describe('the list of machines', () => {
  it('leaves out what is gone, and keeps what no deploy made', () => {
    const list = ['started', 'destroyed', 'destroying', 'stopped'].map((state, index) => ({ id: `m${index}`, state }));
    expect(parseMachineList(JSON.stringify(list)).map(({ id, cordoned }) => [id, cordoned])).toEqual([
      ['m0', null],
      ['m3', null],
    ]);
    expect(parseMachineList('null')).toEqual([]);
    expect(() => parseMachineList('Error: no access token')).toThrow(/fly machine list/);
  });
});
