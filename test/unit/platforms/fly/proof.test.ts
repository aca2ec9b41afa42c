import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluateProof, type ProofInput } from '#shared/platforms/fly/proof.ts';
import type { HealthAnswer } from '#shared/platforms/health.ts';
import { digestOf, imageOf, machine, status } from './fly-samples.ts';

const good: HealthAnswer = { kind: 'answer', status: 200 };
const bad: HealthAnswer = { kind: 'answer', status: 503 };
const met: ProofInput = {
  before: status(machine('m1', 'C'), machine('m2', 'C', { group: 'worker' })),
  after: status(machine('m1', 'B'), machine('m2', 'B', { group: 'worker' })),
  targetImage: { ref: imageOf('B') },
  health: [bad, good, good, good],
};
const unmet = (change: Partial<ProofInput>) =>
  evaluateProof({ ...met, ...change }).findings.filter((finding) => !finding.met);
const rules = (change: Partial<ProofInput>) => unmet(change).map((finding) => finding.rule);

describe('the proof', () => {
  it('is met when machines, image, checks and health all are', () => {
    const proof = evaluateProof(met);
    expect(proof.met).toBe(true);
    expect(proof.findings.map((finding) => finding.rule)).toEqual([
      'machines-started',
      'target-image',
      'checks-passing',
      'health-answers',
    ]);
  });

  it('is never met by empty readings, and names every reason', () => {
    const proof = evaluateProof({ before: status(), after: status(), targetImage: { ref: '' }, health: [] });
    expect(proof.met).toBe(false);
    expect(proof.findings.every((finding) => !finding.met && finding.detail !== '')).toBe(true);
  });

  it('wants a started machine in each group that had one', () => {
    const after = status(machine('m1', 'B'), machine('m2', 'B', { group: 'worker', state: 'stopped' }));
    expect(unmet({ after })[0]).toMatchObject({
      rule: 'machines-started',
      detail: 'No machine is started in: worker.',
    });
  });

  it('asks for the groups known from before the change also when nothing newer was read', () => {
    const now = status(machine('m1', 'B'), machine('m2', 'B', { group: 'worker', state: 'stopped' }));
    expect(rules({ before: now, after: now })).toEqual([]);
    expect(rules({ before: now, groupsBefore: ['app', 'worker'], after: now })).toEqual(['machines-started']);
  });

  it('does not ask for groups that had no started machine, but for one machine at least', () => {
    const before = status(machine('m1', 'C'), machine('m2', 'C', { group: 'worker', state: 'stopped' }));
    const after = status(machine('m1', 'B'), machine('m2', 'B', { group: 'worker', state: 'stopped' }));
    expect(rules({ before, after })).toEqual([]);
    const crashed = status(machine('m1', 'C', { state: 'failed' }));
    expect(rules({ before: crashed, after: status(machine('m1', 'B')) })).toEqual([]);
    expect(rules({ before: crashed, after: status(machine('m1', 'B', { state: 'failed' })) })).toContain(
      'machines-started',
    );
  });

  it('finds mixed versions, also on a stopped machine', () => {
    const after = status(machine('m1', 'B'), machine('m2', 'C', { group: 'worker' }));
    expect(unmet({ after })[0]?.detail).toContain('m2');
    const stopped = status(...met.after.machines, machine('m3', 'C', { state: 'stopped' }));
    expect(rules({ after: stopped })).toEqual(['target-image']);
  });

  it('trusts the digest over the tag', () => {
    const again = status(machine('m1', 'B', { digest: digestOf('other') }), ...met.after.machines.slice(1));
    expect(rules({ after: again, targetImage: { ref: imageOf('B'), digest: digestOf('B') } })).toEqual([
      'target-image',
    ]);
    expect(rules({ after: again })).toEqual(['target-image']);
    expect(rules({ targetImage: { ref: `registry.fly.io/app@${digestOf('B')}` } })).toEqual([]);
  });

  it('wants at least one check, and every one passing', () => {
    const without = status(machine('m1', 'B', { checks: [] }), machine('m2', 'B', { group: 'worker', checks: [] }));
    expect(unmet({ after: without })[0]).toMatchObject({ rule: 'checks-passing' });
    const warning = status(
      machine('m1', 'B', { checks: [{ name: 'c', status: 'warning', output: '' }] }),
      ...met.after.machines.slice(1),
    );
    expect(unmet({ after: warning })[0]?.detail).toBe('1 of 2 checks do not pass: c on m1 is warning.');
  });

  it('wants the last three answers to be 200', () => {
    expect(rules({ health: [good, good] })).toEqual(['health-answers']);
    expect(rules({ health: [good, good, good, bad] })).toEqual(['health-answers']);
    expect(rules({ health: [good, good, { kind: 'no-answer', reason: 'timed out' }] })).toEqual(['health-answers']);
    expect(rules({ health: [good, good, { kind: 'answer', status: 302 }] })).toEqual(['health-answers']);
  });

  it('refuses readings of two different apps', () => {
    expect(rules({ before: { ...met.before, app: 'other' } })).toEqual(['machines-started']);
  });

  it('is not met by fewer than three answers or by any answer that is not 200, whatever they are', () => {
    const answer = fc.constantFrom<HealthAnswer>(good, bad, { kind: 'no-answer', reason: 'refused' });
    fc.assert(
      fc.property(fc.array(answer, { maxLength: 8 }), (health) => {
        const last = health.slice(-3);
        const expected = last.length === 3 && last.every((each) => each === good);
        expect(evaluateProof({ ...met, health }).met).toBe(expected);
      }),
    );
  });
});
