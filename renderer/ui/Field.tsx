import { type ComponentProps, type ReactNode, useId } from 'react';

interface FieldProps {
  readonly label: string;
  readonly hint?: string;
  readonly children: (id: string, hintId: string | undefined) => ReactNode;
}

/** A label, its control, and a hint. */
export function Field({ label, hint, children }: FieldProps) {
  const id = useId();
  const hintId = hint === undefined ? undefined : `${id}-hint`;
  return (
    <div className="field">
      <label className="field__label" htmlFor={id}>
        {label}
      </label>
      {children(id, hintId)}
      {hint === undefined ? null : (
        <span className="field__hint" id={hintId}>
          {hint}
        </span>
      )}
    </div>
  );
}

interface TextFieldProps extends Omit<ComponentProps<'input'>, 'onChange' | 'className' | 'id'> {
  readonly label: string;
  readonly hint?: string;
  /** What is wrong with the typed text, or null. Announced when it appears. */
  readonly error?: string | null;
  readonly onText: (text: string) => void;
}

export function TextField({ label, hint, error = null, onText, ...rest }: TextFieldProps) {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(id, hintId) => (
        <>
          <input
            type="text"
            autoComplete="off"
            {...rest}
            className="input"
            id={id}
            aria-describedby={error === null ? hintId : `${id}-error`}
            aria-invalid={error === null ? undefined : true}
            onChange={(event) => onText(event.target.value)}
          />
          {error === null ? null : (
            <span className="field__error" id={`${id}-error`} role="alert">
              {error}
            </span>
          )}
        </>
      )}
    </Field>
  );
}

interface AreaFieldProps extends Omit<ComponentProps<'textarea'>, 'onChange' | 'className' | 'id'> {
  readonly label: string;
  readonly hint?: string;
  readonly code?: boolean;
  readonly onText: (text: string) => void;
}

export function AreaField({ label, hint, code = false, onText, ...rest }: AreaFieldProps) {
  return (
    <Field label={label} {...(hint === undefined ? {} : { hint })}>
      {(id, hintId) => (
        <textarea
          {...rest}
          className={code ? 'input input--code' : 'input'}
          id={id}
          aria-describedby={hintId}
          onChange={(event) => onText(event.target.value)}
        />
      )}
    </Field>
  );
}

interface ChoiceFieldProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly string[];
  readonly onText: (text: string) => void;
}

export function ChoiceField({ label, value, options, onText }: ChoiceFieldProps) {
  return (
    <Field label={label}>
      {(id) => (
        <select className="input" id={id} value={value} onChange={(event) => onText(event.target.value)}>
          {options.map((option) => (
            <option key={option}>{option}</option>
          ))}
        </select>
      )}
    </Field>
  );
}
