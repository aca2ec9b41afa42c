import { useEffect, useState } from 'react';
import { nextAction } from '#shared/incident/next-action.ts';
import { procedureOf } from '#shared/incident/state.ts';
import { useRoute } from '../../app/route.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { timeOfDay } from '../../ui/time.ts';
import './resume-strip.css';

/** A shorter look elsewhere is no absence. */
const ABSENCE_MS = 60_000;

/**
 * After a restart, or a minute with the window hidden: the step, the last entry and the next action, in a strip that
 * covers nothing. It takes no key and no press, and is gone after the first.
 */
export function ResumeStrip() {
  const { timeline, state, runbook } = useIncident();
  const [shown, close] = useReturn(state.resolvedAt === null);
  if (!shown) return null;
  // The start and end of an act say nothing to a person who returns; the entries before them do.
  const last = timeline.all.findLast(({ kind }) => kind !== 'act.ended' && kind !== 'act.asked');
  const steps = procedureOf(state, runbook)?.steps ?? [];
  const next = nextAction(state, runbook);
  const index = steps.findIndex((step) => 'stepId' in next && step.id === next.stepId);
  return (
    <div className="resume-strip small" role="status" aria-label="Where you were">
      <p>
        <strong>
          {index < 0 ? 'You were between the steps.' : `You were at step ${index + 1} of ${steps.length}.`}
        </strong>{' '}
        {last === undefined ? '' : `Last, ${timeOfDay(last.occurredAt ?? last.at)}: ${last.text}. `}
        <strong>Next:</strong> {next.label}
      </p>
      <Button look="quiet" onClick={close}>
        Dismiss
      </Button>
    </div>
  );
}

function useReturn(open: boolean): readonly [boolean, () => void] {
  const [shown, setShown] = useState(() => useRoute.getState().restored);
  useEffect(() => {
    let hiddenAt: number | null = null;
    const look = (): void => {
      if (document.visibilityState === 'hidden') hiddenAt = performance.now();
      else if (hiddenAt !== null && performance.now() - hiddenAt >= ABSENCE_MS) setShown(true);
    };
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  useEffect(() => {
    if (!shown) return undefined;
    // At the end of a press, so that nothing moves under the pointer.
    const close = (): void => setShown(false);
    window.addEventListener('keyup', close);
    window.addEventListener('click', close);
    return () => {
      window.removeEventListener('keyup', close);
      window.removeEventListener('click', close);
    };
  }, [shown]);
  return [shown && open, () => setShown(false)];
}
