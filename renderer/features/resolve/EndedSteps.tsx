import { procedureOf, stepState } from '#shared/incident/state.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { OutcomeMark } from '../../ui/marks.tsx';
import './ending.css';

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
