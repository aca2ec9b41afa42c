import { useState } from 'react';
import { get } from '../../stores/core.ts';
import { openIncident } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Form } from '../../ui/Form.tsx';

/** Why the incident is read-only here, and a form to take it over when another session holds it. */
export function ReadOnlyBar() {
  const { id, view, readOnly } = useIncident();
  const [reason, setReason] = useState('');
  if (readOnly === null) return null;
  const takeOver = async (): Promise<void> => {
    await get('incident.take-over', { incidentId: id, reason: reason.trim() });
    await openIncident(id);
  };
  return (
    <div className="notices" role="alert">
      <span>
        <strong>You can read along, not act:</strong> {readOnly.endsWith('.') ? readOnly : `${readOnly}.`}
      </span>
      {view.summary.heldBy === null ? null : (
        <Form className="row" onSubmit={() => void takeOver()}>
          <input
            className="input take-over"
            aria-label="Reason for taking over"
            placeholder="Why you take over"
            required
            value={reason}
            onChange={(event) => setReason(event.target.value)}
          />
          <Button type="submit">Take over the incident</Button>
        </Form>
      )}
      <Button onClick={() => void openIncident(id)}>Look again</Button>
    </div>
  );
}
