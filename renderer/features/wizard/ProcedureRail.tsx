import { currentStep } from '#shared/incident/next-action.ts';
import { procedureOf, stepState } from '#shared/incident/state.ts';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Mark, OutcomeMark } from '../../ui/marks.tsx';
import { AnotherWay } from '../alternatives/AnotherWay.tsx';
import './procedure-rail.css';

export interface Looking {
  /** Id of the step shown instead of the current one; null: the current one. */
  readonly looking: string | null;
  readonly onLook: (stepId: string | null) => void;
}

/** All steps of the procedure, each with its outcome. */
export function ProcedureRail({ looking, onLook }: Looking) {
  const { id, state, runbook } = useIncident();
  const procedure = procedureOf(state, runbook);
  const steps = procedure?.steps ?? [];
  const { taken } = state.branches;
  // While a branch is followed, the step it belongs to counts as current.
  const place = taken === null ? currentStep(state, runbook) : steps.find(({ id }) => id === taken.stepId);
  const current = state.resolvedAt === null ? (place ?? null) : null;
  const shown = steps.findIndex((step) => step.id === (looking ?? current?.id));
  const look = (index: number): void => {
    const step = steps[index];
    if (step !== undefined) onLook(step.id === current?.id ? null : step.id);
  };
  useKeys('Procedure', [
    { keys: '[', label: 'Look at the step before', run: () => look(shown < 0 ? steps.length - 1 : shown - 1) },
    { keys: ']', label: 'Look at the step after', run: () => look(shown + 1) },
    ...(looking === null
      ? []
      : [{ keys: 'Escape', label: 'Back to the current step', inFields: true, run: () => onLook(null) }]),
  ]);
  return (
    <nav className="rail" aria-label="Procedure">
      <h2>{procedure?.title ?? (state.fixForward === null ? 'No procedure chosen' : 'Fix forward')}</h2>
      {procedure === null ? null : (
        <details>
          <summary className="small">When, risk, time</summary>
          <dl className="rail__facts small">
            {procedure.facts.map((fact) => (
              <div key={fact.line}>
                <dt>{fact.key}</dt>
                <dd>{fact.value}</dd>
              </div>
            ))}
          </dl>
        </details>
      )}
      <ol className="rail__steps">
        {steps.map((step, index) => {
          const { outcome } = stepState(state, step.id);
          const isCurrent = step.id === current?.id;
          return (
            <li key={step.id}>
              <button
                type="button"
                ref={isCurrent ? intoView : null}
                className="rail__step"
                aria-current={isCurrent ? 'step' : undefined}
                aria-pressed={step.id === looking}
                onClick={() => look(index)}
              >
                <span className="rail__number">{index + 1}</span>
                <span className="rail__title">
                  {step.title}
                  {step.id === taken?.stepId ? <span className="rail__branch small">Now: {taken.title}</span> : null}
                </span>
                <span className="rail__mark small">
                  {outcome !== null ? (
                    <OutcomeMark outcome={outcome} />
                  ) : isCurrent ? (
                    <Mark shape="arrow" tone="person" word="now" />
                  ) : (
                    <Mark shape="dot" tone="plain" word="to do" />
                  )}
                </span>
              </button>
            </li>
          );
        })}
      </ol>
      <div className="rail__foot">
        <AnotherWay step={taken === null ? current : null} />
        <Button look="quiet" shortcut="F" onClick={() => go({ screen: 'reference', section: null })}>
          Reference
        </Button>
        <Button look="quiet" shortcut="P" onClick={() => go({ screen: 'report', id })}>
          Report
        </Button>
      </div>
    </nav>
  );
}

/** Keeps the current step visible in a long procedure. */
const intoView = (row: HTMLElement | null): void => row?.scrollIntoView({ block: 'nearest' });
