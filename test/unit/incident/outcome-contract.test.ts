import { describe, expect, it } from 'vitest';
import type { Draft } from '#shared/incident/event.ts';
import {
  type Kept,
  type Met,
  postCondition,
  rulesHeld,
  verified,
  withoutChange,
} from '#shared/incident/outcome-contract.ts';
import { NOTHING_SEEN, type Seen } from '#shared/runbook/expectation.ts';
import type { Expectation } from '#shared/runbook/expected.ts';
import { type Ended, verdict } from '#core/engine/judge.ts';

const look = (met: boolean) => ({ rule: 'a rule', met, detail: met ? 'It is so.' : 'It is not so.' });
const rule = (change: Partial<Expectation>): Expectation => ({ exit: [0], expect: null, reject: null, ...change });
const part = (text: string): Seen => ({ text, whole: false });
const ended = (change: Partial<Ended> = {}): Ended => ({
  exit: { kind: 'code', code: 0 },
  output: { text: 'done', whole: true },
  stopped: false,
  explained: null,
  expects: undefined,
  ...change,
});

describe('a post-condition', () => {
  it('is met when something was checked and all of it is met', () => {
    expect(postCondition([look(true), look(true)])).toMatchObject({ kind: 'met' });
    expect(postCondition([look(true), look(false)])).toEqual({ kind: 'unmet', why: 'It is not so.' });
    expect(postCondition([])).toEqual({ kind: 'unmet', why: 'Nothing was looked at.' });
  });
});

describe('verified', () => {
  it('cannot be written without kept rules and a met post-condition: the compiler refuses each of these', () => {
    const step = { stepId: 's', reason: '', observed: null, dueAt: null };
    const reads = withoutChange('it only reads');
    // @ts-expect-error a task that changed something may not simply be called verified
    const plain: Draft = { kind: 'step.ended', payload: { ...step, outcome: 'verified' } };
    // @ts-expect-error a met post-condition cannot be made up
    const made: Met = { kind: 'met', looks: [look(true)] };
    // @ts-expect-error nothing to prove is not proof
    const nothing = () => verified(reads, { kind: 'nothing', why: 'The runbook gives this step no post-condition.' });
    // @ts-expect-error it has to be looked at whether it is met
    const unchecked = () => verified(reads, postCondition([]));
    const proof = postCondition([look(true)]);
    if (proof.kind !== 'met') throw new Error('it is met');
    // @ts-expect-error a met post-condition without the exit and output rule is not enough
    const bare = () => verified(proof);
    // @ts-expect-error whether they were kept has to be looked at
    const unheld = () => verified(rulesHeld({ kind: 'code', code: 0 }, NOTHING_SEEN, undefined), proof);
    // @ts-expect-error kept rules cannot be made up
    const kept: Kept = { kind: 'kept' };
    expect([plain, made, nothing, unchecked, bare, unheld, kept]).toHaveLength(7);
    const proven: Draft[] = [{ kind: 'step.ended', payload: { ...step, outcome: verified(reads, proof) } }];
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
    ['an output that nobody saw, and no rule about it', { output: NOTHING_SEEN }, 'verified'],
    ['an output that nobody saw', { output: NOTHING_SEEN, expects: rule({ expect: 'Finished' }) }, 'unverified'],
    [
      'nothing seen of what it must not say',
      { output: NOTHING_SEEN, expects: rule({ reject: 'Error' }) },
      'unverified',
    ],
    [
      'a part that says what it has to',
      { output: part('Finished'), expects: rule({ expect: 'Finished' }) },
      'verified',
    ],
    ['a part that does not yet', { output: part('Starting'), expects: rule({ expect: 'Finished' }) }, 'unverified'],
    ['a part that says what it must not', { output: part('Error'), expects: rule({ reject: 'Error' }) }, 'failed'],
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
