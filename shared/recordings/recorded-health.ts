/** The answers of the health addresses of a recording, from the probes and proofs of an incident. */
import type { IncidentEvent } from '../incident/event.ts';
import { checkOf } from '../incident/symptom-probe.ts';
import type { HealthCheck } from '../runbook/service.ts';
import { healthChecksOf } from '../runbook/services.ts';
import type { IncidentState } from '../incident/state.ts';
import type { Runbook } from '../runbook/model.ts';
import type { After, RecordedAnswer } from './recording.ts';

interface Seen {
  readonly at: number;
  readonly ok: boolean;
  readonly detail: string;
}

interface Probed {
  readonly events: readonly IncidentEvent[];
  readonly state: IncidentState;
  readonly runbook: Runbook;
}

type Stage = (After & { readonly at: number }) | null;

/** `stageAt`: the change after which something was seen at that time. */
export function recordedHealth(
  { events, state, runbook }: Probed,
  stageAt: (at: number) => Stage,
): readonly RecordedAnswer[] {
  const own = healthChecksOf(runbook, state.declared.service);
  const probed = seenByProbes(events);
  const urls = new Set([...probed.keys(), ...own.map(({ url }) => url)]);
  const proofs = seenByProofs(events);
  return [...urls].flatMap((url) => {
    const isOwn = own.some((check) => check.url === url);
    // Without an own probe, an address of the service answered as its proofs say.
    const seen = [...(probed.get(url) ?? []), ...(isOwn ? proofs : [])].toSorted((a, b) => a.at - b.at);
    return entriesOf(checkOf(runbook, url), seen, state.declaredAt, stageAt);
  });
}

function seenByProbes(events: readonly IncidentEvent[]): ReadonlyMap<string, readonly Seen[]> {
  const seen = new Map<string, Seen[]>();
  for (const event of events) {
    if (event.kind !== 'probe.sampled' || event.payload === null) continue;
    const { target, samples } = event.payload;
    seen.set(target, [...(seen.get(target) ?? []), ...samples]);
  }
  return seen;
}

const seenByProofs = (events: readonly IncidentEvent[]): readonly Seen[] =>
  events.flatMap((event) => {
    if (event.kind !== 'proof.evaluated' || event.payload === null) return [];
    return event.payload.findings.flatMap(({ rule, met, detail }) =>
      rule === 'health-answers' ? [{ at: event.at, ok: met, detail }] : [],
    );
  });

/** One entry for each time in which it answered alike. */
function entriesOf(
  check: HealthCheck,
  seen: readonly Seen[],
  declaredAt: number,
  stageAt: (at: number) => Stage,
): readonly RecordedAnswer[] {
  const entries: RecordedAnswer[] = [];
  for (const [index, each] of seen.entries()) {
    const answer = answerOf(check, each);
    const stage = stageAt(each.at);
    const before = seen[index - 1];
    const sameStage = before !== undefined && JSON.stringify(stageAt(before.at)) === JSON.stringify(stage);
    if (sameStage && isAlike(answer, answerOf(check, before))) continue;
    // It may have begun to answer so at any moment since it was last seen to answer otherwise.
    const since = sameStage ? before.at - (stage?.at ?? declaredAt) : null;
    entries.push({ ...answer, ...afterOf(stage, since) });
  }
  return entries;
}

const isAlike = (one: RecordedAnswer, other: RecordedAnswer): boolean =>
  one.status === other.status && one.reason === other.reason && one.body === other.body;

function afterOf(stage: Stage, since: number | null): Pick<RecordedAnswer, 'after'> {
  const waitMs = Math.max(0, Math.round(since ?? 0));
  if (stage !== null) return { after: { command: stage.command, times: stage.times, waitMs } };
  return waitMs === 0 ? {} : { after: { command: null, times: 1, waitMs } };
}

/** An answer that the check judges as it was judged then; only the status and the time of the real one are known. */
function answerOf(
  { url, header, body = '', status: [usual = 200] }: HealthCheck,
  { ok, detail }: Seen,
): RecordedAnswer {
  const none = /no answer: (.*)|did not answer \((.*)\)/.exec(detail);
  const ms = Number(/ in (\d+) ms/.exec(detail)?.[1] ?? 50);
  if (none !== null) return { url, reason: none[1] ?? none[2] ?? 'no answer', body: '', headers: {}, ms };
  const told = /(?:HTTP|answered) (\d{3})\b/.exec(detail)?.[1];
  const status = told === undefined ? (ok ? usual : 503) : Number(told);
  const headers = ok && header !== undefined ? { [header.name.toLowerCase()]: header.value ?? 'yes' } : {};
  return { url, status, body: ok ? body : '', headers, ms };
}
