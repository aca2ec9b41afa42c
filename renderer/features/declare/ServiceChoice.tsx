import type { Service } from '#shared/runbook/service.ts';
import { TextField } from '../../ui/Field.tsx';

interface ServiceChoiceProps {
  readonly services: readonly Service[];
  readonly chosen: string;
  readonly onChoose: (service: string) => void;
}

export function ServiceChoice({ services, chosen, onChoose }: ServiceChoiceProps) {
  if (services.length === 0)
    return <TextField label="Service (empty: none)" maxLength={100} value={chosen} onText={onChoose} />;
  return (
    <fieldset className="field">
      <legend className="field__label">Service</legend>
      <div className="chips">
        {services.map(({ id }) => (
          <label className="chip" key={id}>
            <input type="radio" name="service" checked={chosen === id} onChange={() => onChoose(id)} />
            {id}
          </label>
        ))}
      </div>
    </fieldset>
  );
}
