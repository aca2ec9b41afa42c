import { useState } from 'react';
import type { SettingChange } from '#shared/settings/settings.ts';
import { tell } from '../../stores/notices.ts';
import { changeSetting } from '../../stores/settings.ts';

interface SwitchProps {
  readonly label: string;
  readonly hint: string;
  readonly on: boolean;
  readonly change: (on: boolean) => SettingChange;
}

export function Switch({ label, hint, on, change }: SwitchProps) {
  // Shown at once, until the core answers.
  const [wanted, setWanted] = useState<boolean | null>(null);
  const set = async (value: boolean): Promise<void> => {
    setWanted(value);
    const failure = await changeSetting(change(value));
    setWanted(null);
    if (failure !== null) tell(failure);
  };
  return (
    <label className="settings__switch">
      <input type="checkbox" checked={wanted ?? on} onChange={(event) => void set(event.target.checked)} />
      <span>
        {label}
        <span className="soft small"> {hint}</span>
      </span>
    </label>
  );
}
