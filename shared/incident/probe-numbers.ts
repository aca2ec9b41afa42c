/** What a row of probes says in numbers: the error rate and how long the answers took, before the rollback and after it. Pure. */
import type { Sample } from './topics/watch-events.ts';
import type { IncidentState } from './state.ts';

export interface ProbeNumbers {
  readonly probes: number;
  readonly bad: number;
  /** Bad ones of all, from 0 to 1. */
  readonly errorRate: number;
  /** Milliseconds; what gave no answer counts with the time it was waited for. */
  readonly medianMs: number;
  readonly slowestMs: number;
}

export interface NumbersAround {
  /** Until the rollback was effective; all of them while it is not. */
  readonly before: ProbeNumbers | null;
  readonly after: ProbeNumbers | null;
}

/** null where there is nothing to count. */
export function probeNumbers(samples: readonly Sample[]): ProbeNumbers | null {
  if (samples.length === 0) return null;
  const took = samples.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const bad = samples.filter(({ ok }) => !ok).length;
  return {
    probes: samples.length,
    bad,
    errorRate: bad / samples.length,
    // Of an even number the lower middle one: a time that was measured, not one in between.
    medianMs: took[Math.floor((took.length - 1) / 2)] ?? 0,
    slowestMs: took.at(-1) ?? 0,
  };
}

/** Of the symptom probe that was chosen at declare. */
export function symptomNumbers({ after, effectiveAt }: IncidentState): NumbersAround {
  const symptom = after.symptom.toArray();
  const isAfter = ({ at }: Sample): boolean => effectiveAt !== null && at >= effectiveAt;
  return {
    before: probeNumbers(symptom.filter((sample) => !isAfter(sample))),
    after: probeNumbers(symptom.filter(isAfter)),
  };
}
