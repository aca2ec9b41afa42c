/** The symptom probe in the report: numbers in appendix D, every answer in the JSON. */
import { describe, expect, it } from 'vitest';
import { probeNumbers } from '#shared/incident/symptom-probe.ts';
import { DETECTED_AT, IncidentEvents, SERVICE } from '../../fixtures/incident-events.ts';
import { jsonOf, reportOf } from './report-of.ts';

const URL = 'https://app.hotdash.example/health';
const SECOND = 1_000;
const bad = (afterMs: number, ms: number) => ({
  at: DETECTED_AT + afterMs,
  ok: false,
  ms,
  detail: `HTTP 503 in ${ms} ms`,
});
const good = (afterMs: number, ms: number) => ({
  at: DETECTED_AT + afterMs,
  ok: true,
  ms,
  detail: `HTTP 200 in ${ms} ms`,
});

/** Three bad answers and a good one until the rollback is effective, then two good ones. */
const probed = () =>
  new IncidentEvents({ symptomProbe: { kind: 'address', url: URL } })
    .add('probe.sampled', {
      purpose: 'symptom',
      target: URL,
      samples: [bad(21 * SECOND, 240), bad(36 * SECOND, 900), good(51 * SECOND, 80), bad(66 * SECOND, 250)],
    })
    .add('proof.evaluated', { stepId: 's', met: true, before: [], after: [], findings: [] }, { after: 60 * SECOND })
    .add('symptom.gone', { observed: '200' })
    .add(
      'probe.sampled',
      {
        purpose: 'symptom',
        target: URL,
        samples: [good(90 * SECOND, 40), good(105 * SECOND, 60)],
      },
      { after: 30 * SECOND },
    );

const probeOf = (markdown: string): string => markdown.split('\n### Symptom probe\n')[1]?.split(/\n##+ /)[0] ?? '';

describe('the symptom probe in the report', () => {
  it('stands in appendix D as error rate and latency, before and after the rollback was effective', () => {
    const probe = probeOf(reportOf(probed().events));
    expect(probe).toContain(`one address was requested: ${URL}`);
    expect(probe).toContain('| Until effective | 4 | 3 | 75 % | 240 ms | 900 ms |');
    expect(probe).toContain('| Since then | 2 | 0 | 0 % | 40 ms | 60 ms |');
  });

  it('says so while the rollback is not effective, and nothing where nobody chose a probe', () => {
    const open = new IncidentEvents({
      symptomProbe: { kind: 'address', url: URL },
    });
    expect(probeOf(reportOf(open.events))).toContain('No answer was recorded.');
    open.add('probe.sampled', {
      purpose: 'symptom',
      target: URL,
      samples: [bad(21 * SECOND, 240), good(36 * SECOND, 9), good(51 * SECOND, 9)],
    });
    expect(probeOf(reportOf(open.events))).toContain(
      '| Until now: the rollback is not effective | 3 | 1 | 33.3 % | 9 ms | 240 ms |',
    );
    expect(reportOf(new IncidentEvents().events)).not.toContain('Symptom probe');
  });

  it('is in the JSON with every answer', () => {
    const { symptomProbe } = jsonOf(probed().events);
    expect(symptomProbe).toMatchObject({
      address: URL,
      before: {
        probes: 4,
        bad: 3,
        errorRate: 0.75,
        medianMs: 240,
        slowestMs: 900,
      },
      after: { probes: 2, bad: 0, errorRate: 0, medianMs: 40, slowestMs: 60 },
    });
    expect(symptomProbe?.samples).toHaveLength(6);
    expect(symptomProbe?.samples[0]).toEqual({
      at: '2026-11-03T03:12:21Z',
      ok: false,
      ms: 240,
      detail: 'HTTP 503 in 240 ms',
    });
    expect(jsonOf(new IncidentEvents().events).symptomProbe).toBeNull();
  });

  it('has the probes of a watch in the JSON, by service', () => {
    const watched = probed()
      .add('watch.started', { stepId: 'w', minutes: 30 })
      .add('probe.sampled', {
        purpose: 'watch',
        target: SERVICE,
        samples: [good(120 * SECOND, 30)],
      });
    expect(jsonOf(watched.events).verification.watch?.services).toEqual([
      {
        service: SERVICE,
        numbers: {
          probes: 1,
          bad: 0,
          errorRate: 0,
          medianMs: 30,
          slowestMs: 30,
        },
        samples: [
          {
            at: '2026-11-03T03:14:00Z',
            ok: true,
            ms: 30,
            detail: 'HTTP 200 in 30 ms',
          },
        ],
      },
    ]);
  });
});

describe('probeNumbers', () => {
  it('is null without probes, and takes a measured time as the median', () => {
    expect(probeNumbers([])).toBeNull();
    expect(probeNumbers([good(0, 10), good(1, 30)])).toMatchObject({
      medianMs: 10,
      slowestMs: 30,
    });
  });
});
