/** The proof of a verified step in one line: "v9 proven: 2 of 2 machines, 2 checks, 3 x HTTP 200, 0:46". */
import { type IncidentState, runsOfStep, stepState } from '#shared/incident/state.ts';
import type { Step } from '#shared/runbook/model.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { count } from '#shared/words/count.ts';
import { duration } from '../../ui/time.ts';

export interface Receipt {
  readonly line: string;
  /** What was looked at, as sentences. */
  readonly details: readonly string[];
}

/** null unless the step is verified by a post-condition that was met. */
export function receiptOf(state: IncidentState, step: Step): Receipt | null {
  const { outcome, proof, endedAt } = stepState(state, step.id);
  if (outcome !== 'verified' || proof === null || !proof.met) return null;
  const parts = proof.findings.flatMap(({ rule, detail }) => shortFinding(rule, detail) ?? []);
  const began = runsOfStep(state, step.id).find(({ effect }) => effect === 'change')?.intendedAt;
  const took = began === undefined || endedAt === null ? [] : [duration(endedAt - began)];
  const what =
    definitionOf(step).deploys === 'one-service' && state.choice !== null ? `v${state.choice.version}` : step.title;
  const seen = parts.length === 0 ? [count(proof.findings.length, 'rule') + ' met'] : parts;
  return {
    line: `${what} proven: ${[...seen, ...took].join(', ')}`,
    details: proof.findings.map(({ detail }) => detail),
  };
}

/** The numbers of a finding; null for one that says nothing in numbers. */
function shortFinding(rule: string, detail: string): string | null {
  switch (rule) {
    case 'machines-started':
      return /\d+ of \d+ machines/.exec(detail)?.[0] ?? null;
    case 'checks-passing': {
      const all = /All (\d+) checks/.exec(detail)?.[1];
      return all === undefined ? '1 check' : count(Number(all), 'check');
    }
    case 'health-answers': {
      const [, status, times] = /answered (\d{3}) (\d+) times/.exec(detail) ?? [];
      return status === undefined ? null : `${times} x HTTP ${status}`;
    }
    default:
      return null;
  }
}
