import { Field } from '../../ui/Field.tsx';

export interface Lines {
  readonly from: number;
  readonly until: number;
}

interface LineRangeProps {
  /** Line number of `lines[0]`. */
  readonly first: number;
  readonly lines: readonly string[];
  readonly range: Lines;
  readonly onRange: (range: Lines) => void;
}

/** Chooses a range of runbook lines; the options show the text of the lines. */
export function LineRange({ first, lines, range, onRange }: LineRangeProps) {
  const numbered = lines.map((text, index) => ({ line: first + index, text }));
  const option = ({ line, text }: (typeof numbered)[number]) => (
    <option key={line} value={line}>
      {line}: {text.length > 90 ? `${text.slice(0, 90)}…` : text}
    </option>
  );
  return (
    <div className="stack stack--tight">
      <Field label="Line">
        {(id) => (
          <select
            className="input input--code"
            id={id}
            value={range.from}
            onChange={({ target }) => onRange({ from: Number(target.value), until: Number(target.value) })}
          >
            {numbered.map(option)}
          </select>
        )}
      </Field>
      <Field label="To line">
        {(id) => (
          <select
            className="input input--code"
            id={id}
            value={range.until}
            onChange={({ target }) => onRange({ ...range, until: Number(target.value) })}
          >
            {numbered.filter(({ line }) => line >= range.from).map(option)}
          </select>
        )}
      </Field>
    </div>
  );
}
