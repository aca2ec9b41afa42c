import { useState } from 'react';
import type { Approver, RunbookSettingsView } from '#shared/settings/settings.ts';
import { tell } from '../../stores/notices.ts';
import { changeSetting } from '../../stores/settings.ts';
import { Button } from '../../ui/Button.tsx';
import { TextField } from '../../ui/Field.tsx';
import { Form } from '../../ui/Form.tsx';

/** The names of approvers, offered when an approval is recorded. */
export function Approvers({ runbook }: { readonly runbook: RunbookSettingsView }) {
  const { approvers } = runbook.settings;
  const [name, setName] = useState('');
  const [role, setRole] = useState('');
  const put = async (all: readonly Approver[]): Promise<void> => {
    const failure = await changeSetting({ what: 'approvers', runbook: runbook.name, approvers: [...all] });
    if (failure !== null) return tell(failure);
    setName('');
    setRole('');
  };
  return (
    <section className="settings__part" aria-labelledby="settings-approvers">
      <h2 id="settings-approvers">Approvers</h2>
      <p className="soft small">Offered by name when an approval is recorded.</p>
      {approvers.length === 0 ? null : (
        <ul className="boxed-list" aria-label="Approvers">
          {approvers.map((approver) => (
            <li key={`${approver.name} ${approver.role}`} className="settings__row">
              <span className="strong">{approver.name}</span>
              <span>{approver.role}</span>
              <Button
                aria-label={`Remove ${approver.name}`}
                onClick={() => void put(approvers.filter((other) => other !== approver))}
              >
                Remove
              </Button>
            </li>
          ))}
        </ul>
      )}
      <Form
        className="settings__line settings__line--two"
        aria-label="Add an approver"
        onSubmit={() => {
          if (name.trim() !== '') void put([...approvers, { name: name.trim(), role: role.trim() }]);
        }}
      >
        <TextField label="Name" value={name} onText={setName} />
        <TextField label="Role" placeholder="Manager" value={role} onText={setRole} />
        <Button type="submit" disabled={name.trim() === ''}>
          Add
        </Button>
      </Form>
    </section>
  );
}
