import { followUps, isOpen } from '#shared/incident/follow-ups.ts';
import { deferredTitle, openAfterStart } from '#shared/incident/checklist.ts';
import { go } from '../../app/route.ts';
import { act } from '../../stores/incident.ts';
import { useIncident, useIncidentNow } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { dateTime } from '../../ui/time.ts';
import { DeferredItem } from '../follow-ups/DeferredItem.tsx';
import { EndedSteps, endingOf } from './EndedSteps.tsx';
import { FollowUps } from '../follow-ups/FollowUps.tsx';
import { StepFrame } from '../steps/StepFrame.tsx';
import './ending.css';

/** The incident is resolved: the report, and what is still open. */
export function FinishedStep() {
  const { id, state, runbook } = useIncident();
  const open = state.deferred.filter((each) => each.settled === null);
  const after = followUps(state, runbook, useIncidentNow());
  const due = after.filter(isOpen).length;
  const left = openAfterStart(state, runbook).length;
  return (
    <StepFrame
      step={null}
      title={state.closedAt === null ? 'Resolved' : 'Closed'}
      primary={{
        label: 'Write the report',
        explain: 'Opens the preview. It is made from what was recorded.',
        run: () => go({ screen: 'report', id }),
        blocked: null,
        changes: false,
      }}
      secondary={
        state.closedAt === null && open.length === 0 && due === 0 && left === 0 ? (
          <Button onClick={() => void act({ kind: 'close', summary: '' })}>Close the incident</Button>
        ) : null
      }
    >
      <p className="ending">{endingOf(state, runbook)}</p>
      <p className="soft">Resolved {dateTime(state.resolvedAt ?? state.closedAt ?? state.declaredAt)}.</p>
      <EndedSteps />
      {after.length === 0 ? null : (
        <section className="stack stack--tight" aria-label="After the rollback">
          <h3>After the rollback</h3>
          {due === 0 || state.closedAt !== null ? null : (
            <p className="soft">
              {due === 1 ? '1 follow-up is' : `${due} follow-ups are`} open. The incident closes when each is done or
              waived with a reason.
            </p>
          )}
          <FollowUps />
        </section>
      )}
      {left === 0 || state.closedAt !== null ? null : (
        <p className="notice notice--caution">
          {left} of the checklist before the rollback were never taken up: put them off (K), then do or waive each.
        </p>
      )}
      {open.length === 0 ? null : (
        <section className="stack stack--tight" aria-label="Deferred">
          <h3>Still open</h3>
          {open.map((each) => (
            <DeferredItem key={each.stepId} item={each} title={deferredTitle(each.stepId, runbook)} />
          ))}
        </section>
      )}
    </StepFrame>
  );
}
