import { useEffect, useLayoutEffect, useState } from 'react';
import { nextAction } from '#shared/incident/next-action.ts';
import { procedureOf } from '#shared/incident/state.ts';
import { chordsOf } from '../../app/chords.ts';
import { useRoute } from '../../app/route.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { timeOfDay } from '../../ui/time.ts';
import './resume-overlay.css';

const IDLE_MS = 60_000;

/** After a minute without input, or a reload: the step, the last entry and the next action. Any key closes it. */
export function ResumeOverlay() {
  const { timeline, state, runbook } = useIncident();
  const [covered, uncover] = useResumeOverlay(state.resolvedAt === null);
  // The start and end of an act say nothing to a person who returns; the entries before them do.
  const last = timeline.all.findLast(({ kind }) => kind !== 'act.ended' && kind !== 'act.asked');
  if (!covered) return null;
  const steps = procedureOf(state, runbook)?.steps ?? [];
  const next = nextAction(state, runbook);
  const index = steps.findIndex((step) => 'stepId' in next && step.id === next.stepId);
  return (
    <div className="cover" role="status" aria-label="Where you were" onPointerDown={uncover}>
      <div className="cover__card">
        <p className="cover__where">
          {index < 0
            ? 'You were between the steps.'
            : `You were at step ${index + 1} of ${steps.length}: ${steps[index]?.title ?? ''}.`}
        </p>
        {last === undefined ? null : (
          <p>
            <strong>Last</strong>, at {timeOfDay(last.occurredAt ?? last.at)}: {last.text}
          </p>
        )}
        <p>
          <strong>Next:</strong> {next.label}
        </p>
        <p className="soft small">Any key goes on. Nothing is sent by it.</p>
      </div>
    </div>
  );
}

function useResumeOverlay(open: boolean): readonly [boolean, () => void] {
  const [covered, setCovered] = useState(() => useRoute.getState().restored);
  useEffect(() => {
    if (!open) return undefined;
    let timer = setTimeout(() => setCovered(true), IDLE_MS);
    const busy = (): void => {
      clearTimeout(timer);
      timer = setTimeout(() => setCovered(true), IDLE_MS);
    };
    window.addEventListener('keydown', busy);
    // An input method's keys arrive only as text.
    window.addEventListener('input', busy);
    window.addEventListener('pointerdown', busy);
    return () => {
      clearTimeout(timer);
      window.removeEventListener('keydown', busy);
      window.removeEventListener('input', busy);
      window.removeEventListener('pointerdown', busy);
    };
  }, [open, covered]);
  // In a layout effect: from its first paint the overlay takes the keys, and none reaches the step behind it.
  useLayoutEffect(() => {
    if (!covered) return undefined;
    const lift = (event: KeyboardEvent): void => {
      setCovered(false);
      // Stop works even while the overlay is shown.
      if (chordsOf(event).includes('Ctrl+.')) return;
      event.preventDefault();
      event.stopPropagation();
    };
    window.addEventListener('keydown', lift, true);
    return () => window.removeEventListener('keydown', lift, true);
  }, [covered]);
  return [covered && open, () => setCovered(false)];
}
