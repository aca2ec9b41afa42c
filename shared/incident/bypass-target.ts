/** Apart from approval-policy.ts, which the kinds of steps import: this asks their registry. */
import { wordToType } from '../platforms/postgres/target.ts';
import type { Runbook } from '../runbook/model.ts';
import { definitionOf } from '../steps/registry.ts';
import { type IncidentState, procedureOf } from './state.ts';

/**
 * What a person types to proceed without approval: the database, in a procedure that changes an identified one; else
 * the service, or the title of the procedure where no service was named.
 */
export function bypassTarget(state: IncidentState, runbook: Runbook): string {
  const { identified } = state.database;
  const procedure = procedureOf(state, runbook);
  const steps = procedure?.steps ?? [];
  const changesDatabase = steps.some((step) => definitionOf(step).changesDatabase === true);
  return changesDatabase && identified !== null
    ? wordToType(identified.target)
    : state.declared.service || (procedure?.title ?? runbook.title);
}
