/** One is not followed by a plural, wherever a number is put into a sentence. */
import { describe, expect, it } from 'vitest';
import { evaluateProof } from '#shared/platforms/fly/proof.ts';
import { healthAnswers } from '#shared/platforms/health.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { imageOf, machine, status } from '../platforms/fly/fly-samples.ts';

const ONE_OF_MANY = /\b1 (?:minutes|machines|checks|times|lines|steps)\b/;

describe('a sentence with the number one', () => {
  it('in a watch of one minute', () => {
    const { model } = parseRunbook(
      ['# R', '', '## Option 1: Go', '', '1. **Watch**', '   ```bash step=watch watch=1m', '   true', '   ```'].join(
        '\n',
      ),
      'r.md',
    );
    const [procedure] = model.procedures;
    const events = new IncidentEvents().add('procedure.chosen', { procedureId: procedure?.id ?? '', reason: '' });
    events.add('symptom.gone', { observed: 'HTTP 200' });
    events.add('step.ended', {
      stepId: `${procedure?.id}/symptom-gone`,
      outcome: 'confirmed',
      reason: '',
      observed: null,
      dueAt: null,
    });
    const { label } = nextAction(reduce(events.events) as IncidentState, model);
    expect(label).toBe('Watch for 1 minute');
  });

  it('in the proof of an app with one machine and one check', () => {
    const now = status(machine('m1', 'A'));
    const { findings } = evaluateProof({ before: now, after: now, targetImage: { ref: imageOf('A') }, health: [] });
    expect(findings.length).toBeGreaterThan(2);
    for (const { detail } of findings) expect(detail).not.toMatch(ONE_OF_MANY);
  });

  it('in the answers of a health address that was asked once', () => {
    const { detail } = healthAnswers([{ kind: 'answer', status: 200 }]);
    expect(detail).toContain('Asked 1 time;');
  });
});
