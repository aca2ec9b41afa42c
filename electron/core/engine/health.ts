/** Asks a public address over HTTP: the health address of a service, or its maintenance page. */
import { HEALTH_INTERVAL_MS, HEALTHY_ANSWERS_NEEDED } from '#shared/platforms/health.ts';
import { serviceOf } from '#shared/runbook/services.ts';
import type { ProbeAnswer } from '#core/ports.ts';
import type { IncidentContext } from './incident-context.ts';

const PROBE_LIMIT_MS = 10_000;

export const isHealthy = (answer: ProbeAnswer): boolean => answer.kind === 'answer' && answer.status === 200;

export const describeAnswer = (answer: ProbeAnswer): string =>
  answer.kind === 'answer' ? `HTTP ${answer.status} in ${Math.round(answer.ms)} ms` : `no answer: ${answer.reason}`;

/** The health address in the runbook of `service`, by default the incident's. Null: none is declared. */
export const healthAddress = (
  context: IncidentContext,
  service = context.eventLog.state.declared.service,
): string | null => serviceOf(context.runbook, service)?.health ?? null;

/**
 * Asks every two seconds until `needed` answers in a row are good, or until `patienceMs` (incident clock) have passed and the
 * newest answer is bad. Returns all answers; only the last ones count. Rejects when this process lets go of the incident,
 * because an unfinished series proves nothing.
 */
export async function probeUntilGood(
  { adapter: { clock, http }, letGo }: IncidentContext,
  url: string,
  good: (answer: ProbeAnswer) => boolean,
  { patienceMs, needed = HEALTHY_ANSWERS_NEEDED }: { readonly patienceMs: number; readonly needed?: number },
): Promise<readonly ProbeAnswer[]> {
  const until = clock.now() + patienceMs;
  const answers: ProbeAnswer[] = [];
  for (let inRow = 0; ; ) {
    const answer = await http.get(url, PROBE_LIMIT_MS);
    letGo.throwIfAborted();
    answers.push(answer);
    inRow = good(answer) ? inRow + 1 : 0;
    if (inRow >= needed || (inRow === 0 && clock.now() >= until)) return answers;
    await clock.sleep(HEALTH_INTERVAL_MS, letGo);
    letGo.throwIfAborted();
  }
}
