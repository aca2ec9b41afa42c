import { useEffect, useRef, useState } from 'react';
import type { ActionItem } from '#shared/incident/state.ts';
import { ACTION_PRIORITIES, ACTION_TYPES } from '#shared/incident/topics/action-item-kinds.ts';
import { act } from '../../stores/incident.ts';
import { draftKey, dropDraft, keepDraft, saving, useReportDrafts } from '../../stores/report-drafts.ts';
import { Button } from '../../ui/Button.tsx';
import { Field, TextField } from '../../ui/Field.tsx';

interface ActionItemEditProps {
  readonly number: number;
  readonly item: ActionItem;
  /** A new item that is not saved yet. */
  readonly fresh: boolean;
  readonly readOnly: boolean;
  readonly onDrop: () => void;
}

/** One action item, saved when the focus leaves the card. If saving fails, the text stays and the card says so. */
export function ActionItemEdit({ number, item, fresh, readOnly, onDrop }: ActionItemEditProps) {
  const key = draftKey('action item', item.itemId);
  const draft = useReportDrafts(({ texts }) => texts[key]);
  const [refused, setRefused] = useState(false);
  const shown: ActionItem = draft === undefined ? item : (JSON.parse(draft) as ActionItem);
  const change = (part: Partial<ActionItem>): void => keepDraft(key, JSON.stringify({ ...shown, ...part }));
  const save = async (next: ActionItem, kept: string | undefined): Promise<void> => {
    if (next.what.trim() === '') return;
    const taken = await saving(act({ kind: 'set-action-item', ...next }));
    setRefused(!taken);
    if (taken && kept !== undefined) dropDraft(key, kept);
  };
  const card = useRef<HTMLElement>(null);
  const leave = useRef((): void => undefined);
  useEffect(() => {
    leave.current = () => {
      if (draft !== undefined) void save(shown, draft);
    };
  });
  useEffect(() => {
    const element = card.current;
    const left = (event: FocusEvent): void => {
      if (!(event.relatedTarget instanceof Node && element?.contains(event.relatedTarget))) leave.current();
    };
    element?.addEventListener('focusout', left);
    return () => element?.removeEventListener('focusout', left);
  }, []);
  useEffect(() => {
    if (fresh) card.current?.scrollIntoView({ block: 'nearest' });
  }, [fresh]);
  const remove = (): void => {
    if (draft !== undefined) dropDraft(key, draft);
    onDrop();
    if (!fresh) void act({ kind: 'remove-action-item', itemId: item.itemId, reason: '' });
  };
  const text = (name: 'what' | 'owner' | 'due' | 'link', label: string, placeholder = '') => (
    <TextField
      label={label}
      type={name === 'due' ? 'date' : 'text'}
      placeholder={placeholder}
      value={shown[name]}
      readOnly={readOnly}
      maxLength={name === 'what' || name === 'link' ? 2_000 : 200}
      onText={(typed) => change({ [name]: typed })}
    />
  );
  return (
    <section
      ref={card}
      className={shown.done ? 'action-item action-item--done' : 'action-item'}
      aria-label={`Action item ${number}`}
    >
      <div className="action-item__what">
        <Field label="What">
          {(id) => (
            <input
              type="text"
              className="input"
              id={id}
              // biome-ignore lint/a11y/noAutofocus: it was asked for by the button that made it
              autoFocus={fresh}
              autoComplete="off"
              value={shown.what}
              readOnly={readOnly}
              maxLength={2_000}
              onChange={(event) => change({ what: event.target.value })}
            />
          )}
        </Field>
      </div>
      <Choice
        label="Type"
        value={shown.type}
        options={ACTION_TYPES}
        off={readOnly}
        onPick={(type) => change({ type })}
      />
      <Choice
        label="Priority"
        value={shown.priority}
        options={ACTION_PRIORITIES}
        off={readOnly}
        onPick={(priority) => change({ priority })}
      />
      {text('owner', 'Owner')}
      {text('due', 'Due')}
      <div className="action-item__what">{text('link', 'Link', 'https://')}</div>
      <div className="action-item__foot">
        <label className="row small">
          <input
            type="checkbox"
            checked={shown.done}
            disabled={readOnly}
            onChange={(event) => change({ done: event.target.checked })}
          />
          Done
        </label>
        <span className="soft small" role="status">
          {refused ? <strong className="tone-bad">Not saved.</strong> : standing(shown, draft, fresh)}
        </span>
        {readOnly ? null : (
          <Button look="quiet" aria-label={`Remove action item ${number}`} onClick={remove}>
            Remove
          </Button>
        )}
      </div>
    </section>
  );
}

function standing(shown: ActionItem, draft: string | undefined, fresh: boolean): string {
  if (shown.what.trim() === '') return 'Saved once it says what.';
  return draft === undefined ? (fresh ? '' : 'Saved.') : 'Saved when you leave it.';
}

interface ChoiceProps<T extends string> {
  readonly label: string;
  readonly value: T | null;
  readonly options: readonly T[];
  readonly off: boolean;
  readonly onPick: (value: T | null) => void;
}

function Choice<T extends string>({ label, value, options, off, onPick }: ChoiceProps<T>) {
  return (
    <Field label={label}>
      {(id) => (
        <select
          className="input"
          id={id}
          value={value ?? ''}
          disabled={off}
          onChange={(event) => onPick(options.find((option) => option === event.target.value) ?? null)}
        >
          <option value="">open</option>
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      )}
    </Field>
  );
}
