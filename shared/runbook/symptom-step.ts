/** Every procedure for incidents asks whether the symptom is gone: a step that does is added where the runbook has none. */
import type { Procedure, Runbook, Step } from './model.ts';
import { GIVEN_KIND } from '../steps/kinds.ts';
import { incidentProcedures } from './practice-procedures.ts';

const KNOWN = new WeakMap<Runbook, readonly Procedure[]>();

/** The procedures of the runbook, each with a step that asks whether the symptom is gone. Those for practice are as written. */
export function askingProcedures(runbook: Runbook): readonly Procedure[] {
  const known = KNOWN.get(runbook);
  if (known !== undefined) return known;
  const incident = new Set(incidentProcedures(runbook));
  const asking = runbook.procedures.map((each) => (incident.has(each) ? withQuestion(each) : each));
  KNOWN.set(runbook, asking);
  return asking;
}

/** True for a step that the runbook does not have: it was added to ask for the symptom. */
export const isAddedQuestion = ({ id }: Pick<Step, 'id'>): boolean => id.endsWith(`/${ADDED}`);

const ADDED = 'symptom-gone';

function withQuestion(procedure: Procedure): Procedure {
  const { steps } = procedure;
  if (steps.length === 0 || steps.some(({ kind }) => kind === GIVEN_KIND.symptomQuestion)) return procedure;
  // Before what is done once it is gone: the watch, and telling people.
  const at = steps.findLastIndex((step) => !comesAfter(step)) + 1;
  return { ...procedure, steps: [...steps.slice(0, at), question(procedure), ...steps.slice(at)] };
}

const comesAfter = ({ kind, commands, checks, messages }: Step): boolean =>
  kind === GIVEN_KIND.watched || (commands.length === 0 && checks.length === 0 && messages.length > 0);

const question = ({ id, line, start, end }: Procedure): Step => ({
  id: `${id}/${ADDED}`,
  number: '',
  title: 'Confirm that the symptom is gone',
  kind: GIVEN_KIND.symptomQuestion,
  commands: [],
  checks: [],
  messages: [],
  watch: null,
  line,
  start,
  end,
});
