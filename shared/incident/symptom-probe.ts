/** The symptom probe: one address requested during the whole incident, so that the symptom is seen to come and go. */
import type { Runbook } from '../runbook/model.ts';
import type { HealthCheck } from '../runbook/service.ts';
import { plainCheck, serviceOf } from '../runbook/services.ts';
import type { Sample } from './topics/watch-events.ts';
import type { IncidentState } from './state.ts';

const MAX_LENGTH = 2_000;
const HTTPS = /^https:\/\/([^\s/?#]+)(?:[/?#]\S*)?$/i;

/** The health addresses the runbook declares, each once. */
export const probeAddresses = ({ settings }: Runbook): readonly string[] =>
  [
    ...new Set(
      settings.services.flatMap(({ health, healthChecks }) => healthChecks?.map(({ url }) => url) ?? [health]),
    ),
  ].filter((url) => url !== '');

/** What counts as healthy at a probed address: what the runbook declares for it, else the answer 200. */
export const checkOf = ({ settings }: Runbook, url: string): HealthCheck =>
  settings.services.flatMap(({ healthChecks = [] }) => healthChecks).find((check) => check.url === url) ??
  plainCheck(url);

/** Without a choice: the health address of the service; '' when none is declared. */
export const usualProbe = (runbook: Runbook, service: string): string => serviceOf(runbook, service)?.health ?? '';

/** Why this address cannot be probed, for the person who typed it; null when it can. Declared addresses always can. */
export function probeProblem(runbook: Runbook, service: string, url: string): string | null {
  if (url === '' || url === usualProbe(runbook, service) || probeAddresses(runbook).includes(url)) return null;
  const authority = url.length <= MAX_LENGTH ? HTTPS.exec(url)?.[1] : undefined;
  if (authority === undefined) return 'The symptom probe is not an https address.';
  if (authority.includes('@')) return 'The symptom probe must not carry a user or a password.';
  return null;
}

/** The probed address; null when none was chosen, as in older incidents. */
export function probedAddress({ declared }: IncidentState): string | null {
  return declared.symptomProbe?.kind === 'address' ? declared.symptomProbe.url : null;
}

export interface BeforeAndAfter {
  readonly before: Sample;
  readonly after: Sample;
}

/** The first and the last reading; null when there are none. */
export function beforeAndAfter({ after }: IncidentState): BeforeAndAfter | null {
  const before = after.symptom.first();
  const last = after.symptom.last();
  return before === undefined || last === undefined ? null : { before, after: last };
}

/** Error rate and latency of a series of probes. */
export interface ProbeNumbers {
  readonly probes: number;
  readonly bad: number;
  /** Share of bad probes, 0 to 1. */
  readonly errorRate: number;
  /** ms; a probe without an answer counts with the time it waited. */
  readonly medianMs: number;
  readonly slowestMs: number;
}

export interface NumbersAround {
  /** Until the rollback was effective; every probe while it is not. */
  readonly before: ProbeNumbers | null;
  readonly after: ProbeNumbers | null;
}

/** null without probes. */
export function probeNumbers(samples: readonly Sample[]): ProbeNumbers | null {
  if (samples.length === 0) return null;
  const took = samples.map(({ ms }) => ms).toSorted((a, b) => a - b);
  const bad = samples.filter(({ ok }) => !ok).length;
  return {
    probes: samples.length,
    bad,
    errorRate: bad / samples.length,
    // For an even count the lower middle one: a measured time, not an average.
    medianMs: took[Math.floor((took.length - 1) / 2)] ?? 0,
    slowestMs: took.at(-1) ?? 0,
  };
}

/** The numbers of the symptom probe that was chosen when declaring. */
export function symptomNumbers({ after, effectiveAt }: IncidentState): NumbersAround {
  const symptom = after.symptom.toArray();
  const isAfter = ({ at }: Sample): boolean => effectiveAt !== null && at >= effectiveAt;
  return {
    before: probeNumbers(symptom.filter((sample) => !isAfter(sample))),
    after: probeNumbers(symptom.filter(isAfter)),
  };
}
