/** Judges the answers of health addresses: three good ones in a row are needed. */
import { count } from '#shared/words/count.ts';
import type { HealthCheck } from '../runbook/service.ts';

/** The part of an answer that is judged. */
export type HealthAnswer =
  | {
      readonly kind: 'answer';
      readonly status: number;
      /** Why it does not count as healthy; null: it does. Absent: only 200 does. */
      readonly unhealthy?: string | null;
    }
  | { readonly kind: 'no-answer'; readonly reason: string };

export const HEALTHY_ANSWERS_NEEDED = 3;
/** Milliseconds between two health probes of one proof. */
export const HEALTH_INTERVAL_MS = 2_000;

export const isHealthy = (answer: HealthAnswer): boolean => whyUnhealthy(answer) === null;

/** What the address did, after "The health address"; null: it is healthy. */
function whyUnhealthy(answer: HealthAnswer): string | null {
  if (answer.kind === 'no-answer') return `did not answer (${answer.reason})`;
  if (answer.unhealthy === undefined) return answer.status === 200 ? null : `answered ${answer.status}`;
  return answer.unhealthy;
}

/** An answer with what a check may ask of it. Names of headers are in small letters. */
export interface WholeAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What the address did that the check does not want, after "The health address"; null: the answer is healthy. */
export function unhealthyBy(check: HealthCheck, { status, headers, body }: WholeAnswer): string | null {
  const wanted = check.status.join(' or ');
  if (!check.status.includes(status)) return `answered ${status}${wanted === '200' ? '' : `, not ${wanted}`}`;
  const { header, body: text } = check;
  if (header !== undefined) {
    const value = headers[header.name.toLowerCase()];
    if (value === undefined) return `answered ${status} without the header ${header.name}`;
    if (header.value !== null && !value.includes(header.value))
      return `answered ${status} with ${header.name}: ${value.slice(0, 80)}, not "${header.value}"`;
  }
  return text === undefined || body.includes(text) ? null : `answered ${status} without "${text}"`;
}

interface HealthFinding {
  readonly rule: 'health-answers';
  readonly met: boolean;
  readonly detail: string;
}

/** The last three answers are all healthy. */
export function healthAnswers(health: readonly HealthAnswer[]): HealthFinding {
  const rule = 'health-answers';
  const last = health.slice(-HEALTHY_ANSWERS_NEEDED);
  const bad = last.map(whyUnhealthy).find((why) => why !== null);
  if (bad !== undefined) return { rule, met: false, detail: `The health address ${bad}.` };
  if (last.length < HEALTHY_ANSWERS_NEEDED) {
    return {
      rule,
      met: false,
      detail: `Asked ${count(last.length, 'time')}; ${HEALTHY_ANSWERS_NEEDED} good answers are needed.`,
    };
  }
  const codes = [...new Set(last.flatMap((answer) => (answer.kind === 'answer' ? [answer.status] : [])))].join(' and ');
  return { rule, met: true, detail: `The health address answered ${codes} ${HEALTHY_ANSWERS_NEEDED} times in a row.` };
}
