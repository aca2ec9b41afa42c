import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { Form } from '../../ui/Form.tsx';
import './waive-form.css';

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
