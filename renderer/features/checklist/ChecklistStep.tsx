import { useState } from 'react';
import { checklistStanding } from '#shared/incident/checklist.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { ChecklistItems } from './ChecklistItems.tsx';
import { StepFrame } from '../steps/StepFrame.tsx';
import { Form } from '../../ui/Form.tsx';

export const CHECKLIST_DUE_MS = 3_600_000;

/** Below P0 the checklist comes before the procedure. It can be deferred with a reason. */
export function ChecklistStep() {
  const { state, runbook } = useIncident();
  const standing = checklistStanding(state, runbook);
  const [putting, setPutting] = useState(false);
  const [reason, setReason] = useState('');
  if (standing === null) return null;
  const putOff = (): void => void act({ kind: 'defer-checklist', reason: reason.trim(), dueInMs: CHECKLIST_DUE_MS });
  return (
    <StepFrame
      step={null}
      title={standing.checklist.title}
      primary={null}
      status={
        <p>
          {standing.open} of {standing.items.length} open: press a number, and say what you saw.
        </p>
      }
      secondary={<Button onClick={() => setPutting(!putting)}>Put off what is open</Button>}
    >
      {putting ? (
        <Form
          className="notice notice--caution stack"
          aria-label="Put off"
          onSubmit={() => {
            if (reason.trim() !== '') putOff();
          }}
        >
          <TextField
            label="Why it is put off"
            hint="Due in one hour; each item is done or waived before the incident is closed."
            value={reason}
            onText={setReason}
            autoFocus
          />
          <div>
            <Button type="submit" disabled={reason.trim() === ''}>
              Put it off
            </Button>
          </div>
        </Form>
      ) : null}
      <ChecklistItems checklistId={standing.checklist.id} items={standing.items} />
    </StepFrame>
  );
}
