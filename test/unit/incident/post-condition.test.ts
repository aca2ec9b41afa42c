import { describe, expect, it } from 'vitest';
import type { Draft } from '#shared/incident/event.ts';
import { type Met, postCondition, verified } from '#shared/incident/post-condition.ts';
import { type Ended, verdict } from '#core/incidents/verdict.ts';

const look = (met: boolean) => ({ rule: 'a rule', met, detail: met ? 'It is so.' : 'It is not so.' });
const ended = (change: Partial<Ended> = {}): Ended => ({
  exit: { kind: 'code', code: 0 },
  output: 'done',
  stopped: false,
  explained: null,
  expects: undefined,
  ...change,
});

describe('a post-condition', () => {
  it('is met when something was looked at and all of it is so', () => {
    expect(postCondition([look(true), look(true)])).toMatchObject({ kind: 'met' });
    expect(postCondition([look(true), look(false)])).toEqual({ kind: 'unmet', why: 'It is not so.' });
    expect(postCondition([])).toEqual({ kind: 'unmet', why: 'Nothing was looked at.' });
  });
});

describe('verified', () => {
  it('cannot be written without a met post-condition: the compiler refuses each of these', () => {
    const step = { stepId: 's', reason: '', observed: null, dueAt: null };
    // @ts-expect-error a task that changed something may not simply be called verified
    const plain: Draft = { kind: 'step.ended', payload: { ...step, outcome: 'verified' } };
    // @ts-expect-error a met post-condition cannot be made up
    const made: Met = { kind: 'met', looks: [look(true)] };
    // @ts-expect-error nothing to prove is not proof
    const nothing = () => verified({ kind: 'nothing', why: 'The runbook gives this step no post-condition.' });
    // @ts-expect-error it has to be looked at whether it is met
    const unchecked = () => verified(postCondition([]));
    expect([plain, made, nothing, unchecked]).toHaveLength(4);
    const proof = postCondition([look(true)]);
    const proven: Draft[] =
      proof.kind === 'met' ? [{ kind: 'step.ended', payload: { ...step, outcome: verified(proof) } }] : [];
    expect(proven).toMatchObject([{ payload: { outcome: 'verified' } }]);
  });

  it.each<[string, Partial<Ended>, string]>([
    ['exit 0', {}, 'verified'],
    ['another exit code', { exit: { kind: 'code', code: 1 } }, 'failed'],
    [
      'an exit code that its rule allows',
      { exit: { kind: 'code', code: 1 }, expects: { exit: [1], expect: null, reject: null } },
      'verified',
    ],
    ['an output that its rule forbids', { expects: { exit: [0], expect: null, reject: 'done' } }, 'failed'],
    ['an output that lacks what it has to say', { expects: { exit: [0], expect: 'Finished', reject: null } }, 'failed'],
    [
      'an output that nobody saw',
      { output: null, expects: { exit: [0], expect: 'Finished', reject: null } },
      'verified',
    ],
    ['a stop', { stopped: true }, 'stopped'],
    ['a loss', { exit: { kind: 'lost' } }, 'interrupted'],
    ['a signal', { exit: { kind: 'signal', signal: 'SIGKILL' } }, 'failed'],
  ])('with a met post-condition, %s', (_name, change, outcome) => {
    expect(verdict(ended(change), postCondition([look(true)])).outcome).toBe(outcome);
  });

  it.each([
    ['unmet', 'failed'],
    ['unknown', 'unverified'],
    ['nothing', 'unverified'],
  ] as const)('is not what a post-condition that is %s comes to', (kind, outcome) => {
    expect(verdict(ended(), { kind, why: 'so' })).toEqual({ outcome, reason: 'so' });
  });
});
