/** What an incident is declared with. Built here alone, for the window, the terminal and the quick rollback. */
import type { CallArgs } from '../api/calls.ts';
import type { MatrixRow, Runbook } from '../runbook/model.ts';
import { usualProbe } from './symptom-probe.ts';

/** What a person answered. What they left out follows from the row, the runbook and the service. */
export interface DeclarationAnswer {
  /** A row of the matrix; where the runbook has none that fits, the severity and what is wrong, without a line. */
  readonly matched: Pick<MatrixRow, 'severity' | 'condition'> & { readonly line?: number };
  /** By default what is wrong. */
  readonly title?: string;
  readonly service: string;
  /** ms since the epoch. */
  readonly detectedAt: number;
  /** The address to ask until it is resolved; the health address of the service by default, none when ''. */
  readonly probe?: string | undefined;
}

type Declaration = Omit<CallArgs<'incident.declare'>, 'intentId' | 'runbook'>;

const TITLE_MAX = 200;

/** The arguments of `incident.declare` about the incident itself. */
export function declarationOf(runbook: Runbook, answer: DeclarationAnswer): Declaration {
  const { matched, service, detectedAt } = answer;
  const { severity, condition, line = null } = matched;
  return {
    severity,
    rowLine: line,
    title: (answer.title ?? condition).trim().slice(0, TITLE_MAX),
    symptom: condition,
    service,
    detectedAt,
    probe: answer.probe ?? usualProbe(runbook, service),
  };
}
