import { useState } from 'react';
import type { Failure } from '#shared/api/result.ts';
import type { SettingChange } from '#shared/settings/settings.ts';
import { changeSetting } from '../../stores/settings.ts';
import { TextField } from '../../ui/Field.tsx';
import { Button } from '../../ui/Button.tsx';
import { Form } from '../../ui/Form.tsx';

interface SavedTextProps {
  readonly label: string;
  readonly hint: string;
  readonly placeholder: string;
  /** The saved text. */
  readonly value: string;
  readonly change: (text: string) => SettingChange;
  readonly onSaved?: () => void;
}

/** A text field with a Save button. If saving fails, the typed text stays. */
export function SavedText({ label, hint, placeholder, value, change, onSaved }: SavedTextProps) {
  const [typed, setTyped] = useState(value);
  const [told, setTold] = useState<Pick<Failure, 'message' | 'advice'> | 'saved' | null>(null);
  const save = async (): Promise<void> => {
    const failure = await changeSetting(change(typed.trim()));
    setTold(failure ?? 'saved');
    if (failure === null) onSaved?.();
  };
  return (
    <Form className="settings__line" onSubmit={() => void save()}>
      <TextField
        label={label}
        hint={hint}
        placeholder={placeholder}
        spellCheck={false}
        value={typed}
        onText={(text) => {
          setTyped(text);
          setTold(null);
        }}
      />
      <Button type="submit" aria-label={`Save: ${label}`} disabled={typed.trim() === value}>
        {told === 'saved' ? 'Saved' : 'Save'}
      </Button>
      {told === null || told === 'saved' ? null : (
        <p className="notice notice--bad settings__whole" role="alert">
          <span className="strong">{told.message}</span> {told.advice ?? ''}
        </p>
      )}
    </Form>
  );
}
