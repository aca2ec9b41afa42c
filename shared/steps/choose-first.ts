import { type IncidentState, procedureOf } from '../incident/state.ts';
import type { Runbook, Step } from '../runbook/model.ts';
import { act, ask, type NextAction } from './action.ts';
import type { StepKind } from './kinds.ts';

/** For a deploy whose choice was skipped: reopens the step that chooses, or else deploys by hand. */
export function chooseFirst(state: IncidentState, runbook: Runbook, step: Step, choosing: StepKind): NextAction {
  const choose = procedureOf(state, runbook)?.steps.find(({ kind }) => kind === choosing);
  if (choose === undefined) return ask(step, 'Deploy by hand', 'by-hand');
  const reason = 'a release has to be chosen first';
  return act(step, 'Choose a release first', { kind: 'reopen-step', stepId: choose.id, reason });
}
