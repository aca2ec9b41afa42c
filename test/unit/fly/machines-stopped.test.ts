import { describe, expect, it } from 'vitest';
import { type ListedMachine, parseMachineList } from '#shared/fly/machine-list.ts';
import { evaluateStarted, evaluateStopped, type MachineFinding } from '#shared/fly/machines-stopped.ts';
import type { HealthAnswer } from '#shared/fly/proof.ts';
import { machine } from './fly-samples.ts';

const listed = (id: string, state: string, cordoned: boolean | null): ListedMachine => ({
  ...machine(id, 'B', { state }),
  cordoned,
});
const answer = (status: number): HealthAnswer => ({ kind: 'answer', status });
const silence: HealthAnswer = { kind: 'no-answer', reason: 'refused' };
const unmet = (findings: readonly MachineFinding[]): readonly string[] =>
  findings.filter(({ met }) => !met).map(({ rule }) => rule);

describe('the fast stop', () => {
  const m1 = listed('m1', 'stopped', true);
  it.each([
    ['all stand, cordoned, and the proxy has nobody to ask', [m1, listed('m2', 'suspended', true)], [answer(503)], []],
    ['nobody answers', [m1], [silence, silence], []],
    ['no address is declared', [m1], [], []],
    ['one runs on', [m1, listed('m2', 'started', true)], [], ['machines-stopped']],
    ['one is on its way down', [listed('m1', 'stopping', true)], [], ['machines-stopped']],
    ['there is none to look at', [], [], ['machines-stopped']],
    ['one would be started by the next request', [m1, listed('m2', 'stopped', false)], [], ['machines-cordoned']],
    ['somebody still answers, if with an error of their own', [m1], [silence, answer(404)], ['nobody-served']],
  ])('%s', (_name, machines, health, rules) => {
    expect(unmet(evaluateStopped(machines, health))).toEqual(rules);
  });

  it('leaves to the address what a flyctl without the field does not say', () => {
    const [old] = parseMachineList('[{"id":"m1","state":"stopped"},{"id":"m2","state":"destroyed"}]');
    expect(old?.cordoned).toBeNull();
    expect(evaluateStopped(old === undefined ? [] : [old], []).map(({ rule }) => rule)).toEqual(['machines-stopped']);
  });
});

describe('its way back', () => {
  const good = [answer(200), answer(200), answer(200)];
  const m1 = listed('m1', 'started', false);
  it.each([
    ['those that ran run again; the one that stood before stands', ['m1'], [m1, listed('m2', 'stopped', true)], []],
    ['one still stands', ['m1', 'm2'], [m1, listed('m2', 'stopped', false)], ['machines-started']],
    ['one is gone', ['m1', 'm2'], [m1], ['machines-started']],
    ['there is none to start', [], [m1], ['machines-started', 'checks-passing']],
    ['it runs, and nobody reaches it', ['m1'], [listed('m1', 'started', true)], ['machines-uncordoned']],
  ])('%s', (_name, wanted, machines, rules) => {
    expect(unmet(evaluateStarted(wanted, machines, good))).toEqual(rules);
  });

  it('needs good answers of the address', () => {
    expect(unmet(evaluateStarted(['m1'], [m1], []))).toEqual(['health-answers']);
  });
});
