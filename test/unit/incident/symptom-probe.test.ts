import { describe, expect, it } from 'vitest';
import { beforeAndAfter, probeProblem, probedAddress, usualProbe } from '#shared/incident/symptom-probe.ts';
import { declare } from '#shared/incident/reduce.ts';
import { EVENT_RULES } from '#shared/incident/topics/registry.ts';
import { RUNBOOK } from '../../fixtures/runbook-model.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';

const sample = (at: number, ok: boolean) => ({ at, ok, ms: 5, detail: ok ? 'HTTP 200 in 5 ms' : 'HTTP 503 in 5 ms' });

const declared = () => {
  const [first] = new IncidentEvents().events;
  if (first?.kind !== 'incident.declared') throw new Error('an incident begins with its declaration');
  return declare(first);
};

describe('the symptom probe', () => {
  it('has no address and no reading in an incident without one', () => {
    expect(probedAddress(declared())).toBeNull();
    expect(beforeAndAfter(declared())).toBeNull();
  });

  it('reads before and after from the first and the last answer, beside those of the watch', () => {
    const at = 1;
    const probed = (purpose: 'watch' | 'symptom', samples: ReturnType<typeof sample>[]) => ({
      seq: 2,
      at,
      occurredAt: null,
      payload: { purpose, target: 'x', samples },
    });
    let state = EVENT_RULES['probe.sampled'].apply(declared(), probed('symptom', [sample(1, false)]));
    state = EVENT_RULES['probe.sampled'].apply(state, probed('symptom', [sample(2, false), sample(3, true)]));
    state = EVENT_RULES['probe.sampled'].apply(state, probed('watch', [sample(4, false)]));
    expect(beforeAndAfter(state)).toEqual({ before: sample(1, false), after: sample(3, true) });
    expect(state.after.symptom.size).toBe(3);
  });

  it('may be a declared health address, an https address, or none', () => {
    const service = RUNBOOK.settings.services[0]?.id ?? '';
    const problem = (url: string) => probeProblem(RUNBOOK, service, url);
    expect([usualProbe(RUNBOOK, service), 'https://shop.example/orders?q=1', ''].map(problem)).toEqual([
      null,
      null,
      null,
    ]);
    expect(problem('http://shop.example/')).toContain('https');
    expect(problem('shop')).toContain('https');
    expect(problem('https://ann:pw@shop.example/')).toContain('password');
  });
});
