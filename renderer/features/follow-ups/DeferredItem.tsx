import { useState } from 'react';
import type { Deferred } from '#shared/incident/state.ts';
import { act } from '../../stores/incident.ts';
import { Button } from '../../ui/Button.tsx';
import { dateTime } from '../../ui/time.ts';
import './deferred-item.css';
import { TextField } from '../../ui/Field.tsx';
import { Form } from '../../ui/Form.tsx';
import './waive-form.css';

/** A deferred item, to be done, or waived with a reason, before the incident can be closed. */
export function DeferredItem({ item, title }: { readonly item: Deferred; readonly title: string }) {
  const [waiving, setWaiving] = useState(false);
  const [reason, setReason] = useState('');
  return (
    <div className="deferred">
      <div className="deferred__row">
        <span>
          <span className="strong">{title}</span>{' '}
          <span className="soft small tabular">
            {item.dueAt === null ? '' : `due ${dateTime(item.dueAt)}`}
            {item.reason === '' ? '' : ` · put off: ${item.reason}`}
          </span>
        </span>
        <Button
          aria-label={`Done: ${title}`}
          onClick={() => void act({ kind: 'settle-deferred', what: item.stepId, how: 'done', reason: '' })}
        >
          Done
        </Button>
        <Button aria-label={`Waive: ${title}`} aria-expanded={waiving} onClick={() => setWaiving(!waiving)}>
          Waive
        </Button>
      </div>
      {waiving ? (
        <WaiveForm
          reason={reason}
          onReason={setReason}
          onWaive={(why) => void act({ kind: 'settle-deferred', what: item.stepId, how: 'waived', reason: why })}
        />
      ) : null}
    </div>
  );
}

interface WaiveFormProps {
  readonly reason: string;
  readonly onReason: (reason: string) => void;
  readonly onWaive: (reason: string) => void;
}

/** Waives a deferred item or a follow-up, with a reason. */
export function WaiveForm({ reason, onReason, onWaive }: WaiveFormProps) {
  const why = reason.trim();
  const waive = (): void => {
    if (why !== '') onWaive(why);
  };
  return (
    <Form className="waive" onSubmit={waive}>
      <TextField label="Why it need not be done" value={reason} onText={onReason} autoFocus />
      <Button type="submit" disabled={why === ''}>
        Waive it
      </Button>
    </Form>
  );
}
