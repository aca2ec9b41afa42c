/** Judges the answers of a health address: three good ones in a row are needed. */
import { count } from '#shared/words/count.ts';

/** The part of an answer that is judged. */
export type HealthAnswer =
  | { readonly kind: 'answer'; readonly status: number }
  | { readonly kind: 'no-answer'; readonly reason: string };

export const HEALTHY_ANSWERS_NEEDED = 3;
/** Milliseconds between two health probes of one proof. */
export const HEALTH_INTERVAL_MS = 2_000;

interface HealthFinding {
  readonly rule: 'health-answers';
  readonly met: boolean;
  readonly detail: string;
}

/** The last three answers are all 200. */
export function healthAnswers(health: readonly HealthAnswer[]): HealthFinding {
  const rule = 'health-answers';
  const last = health.slice(-HEALTHY_ANSWERS_NEEDED);
  const bad = last.find((answer) => answer.kind === 'no-answer' || answer.status !== 200);
  if (bad !== undefined) {
    const what = bad.kind === 'answer' ? `answered ${bad.status}` : `did not answer (${bad.reason})`;
    return { rule, met: false, detail: `The health address ${what}.` };
  }
  if (last.length < HEALTHY_ANSWERS_NEEDED) {
    return {
      rule,
      met: false,
      detail: `Asked ${count(last.length, 'time')}; ${HEALTHY_ANSWERS_NEEDED} good answers are needed.`,
    };
  }
  return { rule, met: true, detail: `The health address answered 200 ${HEALTHY_ANSWERS_NEEDED} times in a row.` };
}
