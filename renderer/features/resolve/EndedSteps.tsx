import { procedureOf, stepState, type IncidentState, isOver } from '#shared/incident/state.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { OutcomeMark } from '../../ui/marks.tsx';
import './ending.css';
import { isChecklistOpen } from '#shared/incident/incident-outcome.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { count } from '#shared/words/count.ts';

/** The outcome of each step of the procedure. */
export function EndedSteps() {
  const { state, runbook } = useIncident();
  const steps = procedureOf(state, runbook)?.steps ?? [];
  if (steps.length === 0) return null;
  return (
    <ul className="ended" aria-label="Steps and their outcomes">
      {steps.map((step) => {
        const { outcome } = stepState(state, step.id);
        return (
          <li key={step.id}>
            <span>{step.title}</span>
            {outcome === null ? <span className="soft">not reached</span> : <OutcomeMark outcome={outcome} />}
          </li>
        );
      })}
    </ul>
  );
}

/** How an incident ended, in capital words, with what is missing from a complete end. */
export function endingOf(state: IncidentState, runbook: Runbook): string {
  if (state.fixForward !== null)
    return state.effectiveAt === null ? 'STOPPED before the fix was seen to work' : 'FIXED FORWARD';
  const steps = procedureOf(state, runbook)?.steps ?? [];
  if (isStillBroken(state)) return 'NOT FIXED: the symptom still fails';
  if (steps.length === 0 || !steps.every((step) => isOver(state, step.id))) return 'STOPPED before all steps were over';
  if (state.symptomGone === null) return 'STOPPED: nobody confirmed that the symptom is gone';
  const missing = missingFromComplete(state);
  const complete = missing.length === 0 ? 'COMPLETE' : `COMPLETE EXCEPT ${missing.join(', ')}`;
  return isChecklistOpen(state, runbook) ? `${complete}, CHECKLIST OPEN` : complete;
}

/** The symptom probe failed when it was last asked, and nobody has seen the symptom gone. */
const isStillBroken = ({ after, effectiveAt }: IncidentState): boolean =>
  effectiveAt === null && after.symptom.last()?.ok === false;

function missingFromComplete({ deferred, watch }: IncidentState): readonly string[] {
  const open = deferred.filter((each) => each.settled === null).length;
  const unanswered = watch?.unanswered?.length ?? 0;
  return [
    ...(open === 0 ? [] : [`${open} DEFERRED`]),
    ...(unanswered === 0 ? [] : [count(unanswered, 'UNANSWERED CHECKPOINT', 'UNANSWERED CHECKPOINTS')]),
  ];
}
