/** Asks public addresses over HTTP: the health addresses of a service, or its maintenance page. */
import {
  HEALTH_INTERVAL_MS,
  type HealthAnswer,
  HEALTHY_ANSWERS_NEEDED,
  unhealthyBy,
} from '#shared/platforms/health.ts';
import type { HealthCheck } from '#shared/runbook/service.ts';
import { healthChecksOf, serviceOf } from '#shared/runbook/services.ts';
import type { HttpProbe, ProbeAnswer } from '#core/ports.ts';
import type { IncidentContext } from './incident-context.ts';

const PROBE_LIMIT_MS = 10_000;

/** An answer that was judged by what the runbook declares as healthy. */
export type JudgedAnswer = ProbeAnswer & HealthAnswer;

export function describeAnswer(answer: ProbeAnswer & Partial<Pick<JudgedAnswer & { kind: 'answer' }, 'unhealthy'>>) {
  if (answer.kind === 'no-answer') return `no answer: ${answer.reason}`;
  const { unhealthy = null } = answer;
  return `HTTP ${answer.status} in ${Math.round(answer.ms)} ms${unhealthy === null || unhealthy === `answered ${answer.status}` ? '' : ` (${unhealthy})`}`;
}

/** The first health address in the runbook of `service`, by default the incident's. Null: none is declared. */
export const healthAddress = (
  context: IncidentContext,
  service = context.eventLog.state.declared.service,
): string | null => serviceOf(context.runbook, service)?.health || null;

/** What counts as healthy for a service; empty: the runbook declares nothing. */
export const healthChecks = (
  context: IncidentContext,
  service = context.eventLog.state.declared.service,
): readonly HealthCheck[] => healthChecksOf(context.runbook, service);

/**
 * Asks all addresses at once. The answer is that of the first one which is not healthy, else of the first; where there are
 * several, the reason names the address.
 */
export async function askHealth(
  http: HttpProbe,
  checks: readonly [HealthCheck, ...HealthCheck[]],
  limitMs = PROBE_LIMIT_MS,
): Promise<JudgedAnswer> {
  const asked = checks.map(async (check): Promise<JudgedAnswer> => {
    const answer = await askOne(http, check, limitMs);
    if (checks.length === 1) return answer;
    if (answer.kind === 'no-answer') return { ...answer, reason: `${check.url}: ${answer.reason}` };
    return answer.unhealthy == null ? answer : { ...answer, unhealthy: `${check.url} ${answer.unhealthy}` };
  });
  const answers = await Promise.all(asked);
  const [first] = answers;
  const bad = answers.find((answer) => answer.kind === 'no-answer' || answer.unhealthy !== null);
  if (bad !== undefined) return bad;
  return first ?? { kind: 'no-answer', reason: 'nothing was asked', ms: 0 };
}

async function askOne(http: HttpProbe, check: HealthCheck, limitMs: number): Promise<JudgedAnswer> {
  let url = check.url;
  for (let left = check.redirects; ; left -= 1) {
    const answer = await http.get(url, limitMs);
    if (answer.kind === 'no-answer') return answer;
    const headers = answer.headers ?? {};
    const target = left > 0 && answer.status >= 300 && answer.status < 400 ? nextOf(url, headers['location']) : null;
    if (target === null) return { ...answer, unhealthy: unhealthyBy(check, { ...answer, headers }) };
    url = target;
  }
}

function nextOf(url: string, location: string | undefined): string | null {
  if (location === undefined || !URL.canParse(location, url)) return null;
  const next = new URL(location, url);
  return ['http:', 'https:'].includes(next.protocol) ? next.href : null;
}

/**
 * Asks every two seconds until `needed` answers in a row are good, or until `patienceMs` (incident clock) have passed and the
 * newest answer is bad. Returns all answers; only the last ones count. Rejects when this process lets go of the incident,
 * because an unfinished series proves nothing.
 */
export async function probeUntilGood<Answer extends ProbeAnswer>(
  { adapter: { clock, http }, letGo }: IncidentContext,
  ask: (http: HttpProbe, limitMs: number) => Promise<Answer>,
  good: (answer: Answer) => boolean,
  { patienceMs, needed = HEALTHY_ANSWERS_NEEDED }: { readonly patienceMs: number; readonly needed?: number },
): Promise<readonly Answer[]> {
  const until = clock.now() + patienceMs;
  const answers: Answer[] = [];
  for (let inRow = 0; ; ) {
    const answer = await ask(http, PROBE_LIMIT_MS);
    letGo.throwIfAborted();
    answers.push(answer);
    inRow = good(answer) ? inRow + 1 : 0;
    if (inRow >= needed || (inRow === 0 && clock.now() >= until)) return answers;
    await clock.sleep(HEALTH_INTERVAL_MS, letGo);
    letGo.throwIfAborted();
  }
}

/** The health of a service by probeUntilGood; a missing address is an answer that says so. */
export async function serviceHealth(
  context: IncidentContext,
  service: string,
  good: (answer: HealthAnswer) => boolean,
  limits: { readonly patienceMs: number; readonly needed?: number },
): Promise<readonly HealthAnswer[]> {
  const [first, ...others] = healthChecks(context, service);
  if (first === undefined) return [];
  return await probeUntilGood(context, (http, limitMs) => askHealth(http, [first, ...others], limitMs), good, limits);
}
