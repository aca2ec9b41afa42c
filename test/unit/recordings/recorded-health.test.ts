/** The answers of an address, as a recording of an incident has them. */
import { describe, expect, it } from 'vitest';
import type { IncidentEvent } from '#shared/incident/event.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { recordedHealth } from '#shared/recordings/recorded-health.ts';

const URL = 'https://shop.example/health';
const DECLARED_AT = 100_000;
const CHANGE = { command: 'undo', times: 1, waitMs: 0, at: DECLARED_AT + 60_000 };

const check = { url: URL, status: [204], header: { name: 'X-Shop', value: 'blue' }, body: 'well', redirects: 0 };
const service = { id: 'shop', title: 'Shop', platform: 'fly', health: URL, healthChecks: [check] };
const runbook = { settings: { services: [service] } } as unknown as Runbook;
const state = { declaredAt: DECLARED_AT, declared: { service: 'shop' } } as unknown as IncidentState;

/** [ms after the declaration, healthy, as the timeline says it]. */
function answers(...samples: readonly (readonly [number, boolean, string])[]) {
  const payload = {
    purpose: 'symptom',
    target: URL,
    samples: samples.map(([after, ok, detail]) => ({ at: DECLARED_AT + after, ok, ms: 80, detail })),
  };
  const events = [{ kind: 'probe.sampled', payload, at: DECLARED_AT }] as unknown as readonly IncidentEvent[];
  return recordedHealth({ events, state, runbook }, (at) => (at >= CHANGE.at ? CHANGE : null));
}

describe('the recorded answers of an address', () => {
  it('begin when they were first possible, one for each time in which it answered alike', () => {
    const told = answers(
      [0, false, 'HTTP 503 in 80 ms'],
      [15_000, false, 'HTTP 503 in 90 ms'],
      [30_000, false, 'no answer: timed out'],
      [75_000, false, 'HTTP 503 in 80 ms'],
      [90_000, true, 'HTTP 204 in 70 ms'],
    );
    expect(told.map(({ status, reason, ms, after }) => ({ status, reason, ms, after }))).toEqual([
      { status: 503, reason: undefined, ms: 80, after: undefined },
      { status: undefined, reason: 'timed out', ms: 50, after: { command: null, times: 1, waitMs: 15_000 } },
      { status: 503, reason: undefined, ms: 80, after: { command: 'undo', times: 1, waitMs: 0 } },
      { status: 204, reason: undefined, ms: 70, after: { command: 'undo', times: 1, waitMs: 15_000 } },
    ]);
  });

  it('that were healthy have what the runbook asks for, and the others do not', () => {
    expect(answers([0, true, 'HTTP 204 in 80 ms'])).toMatchObject([{ headers: { 'x-shop': 'blue' }, body: 'well' }]);
    expect(answers([0, false, 'HTTP 204 in 80 ms (answered 204 without "well")'])).toMatchObject([
      { status: 204, headers: {}, body: '' },
    ]);
  });

  it('are none where nothing was asked', () => {
    expect(answers()).toEqual([]);
  });
});
