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
  const set = async (wanted: boolean): Promise<void> => {
    const failure = await changeSetting(change(wanted));
    if (failure !== null) tell(failure);
  };
  return (
    <label className="settings__switch">
      <input type="checkbox" checked={on} onChange={(event) => void set(event.target.checked)} />
      <span>
        {label}
        <span className="soft small"> {hint}</span>
      </span>
    </label>
  );
}
