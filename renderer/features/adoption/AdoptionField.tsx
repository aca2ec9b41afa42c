import { type AdoptionQuestion, listed, type Option } from '#shared/runbook/adoption/question.ts';
import { Field, TextField } from '../../ui/Field.tsx';

interface AdoptionFieldProps {
  readonly question: AdoptionQuestion;
  readonly value: string;
  readonly problem: string | null;
  readonly onAnswer: (value: string) => void;
}

/** One question of an adoption: a text, a choice, or choices in order of preference. */
export function AdoptionField({ question, value, problem, onAnswer }: AdoptionFieldProps) {
  const { ask, answer } = question;
  switch (answer.kind) {
    case 'choice':
      return <Choice label={ask} options={answer.options} value={value} onChoose={onAnswer} />;
    case 'list':
      return <Choices label={ask} options={answer.options} alone={answer.alone} value={value} onChoose={onAnswer} />;
    default:
      return <TextField label={ask} spellCheck={false} value={value} error={problem} onText={onAnswer} />;
  }
}

interface ChoiceProps {
  readonly label: string;
  readonly options: readonly Option[];
  readonly value: string;
  readonly onChoose: (value: string) => void;
}

const Choice = ({ label, options, value, onChoose }: ChoiceProps) => (
  <Field label={label}>
    {(id) => (
      <select className="input" id={id} value={value} onChange={(event) => onChoose(event.target.value)}>
        <option value="">leave it open</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    )}
  </Field>
);

/** A choice, and once it is made one more for the next in order. */
function Choices({ label, options, alone, value, onChoose }: ChoiceProps & { readonly alone: string }) {
  const chosen = listed(value);
  const most = chosen.includes(alone) ? 1 : Math.min(chosen.length + 1, options.length);
  return Array.from({ length: Math.max(1, most) }, (_, index) => (
    <Choice
      key={index}
      label={index === 0 ? label : 'And if that does not help'}
      options={[
        ...options.filter((option) => option.value === chosen[index] || !chosen.includes(option.value)),
        ...(index === 0 ? [{ value: alone, label: 'none: fix forward' }] : []),
      ]}
      value={chosen[index] ?? ''}
      onChoose={(one) => onChoose(one === alone ? alone : chosenAt(chosen, index, one).join(','))}
    />
  ));
}

const chosenAt = (chosen: readonly string[], index: number, one: string): readonly string[] =>
  [...chosen.slice(0, index), one, ...chosen.slice(index + 1)].filter((each) => each !== '');
