import { useEffect, useState } from 'react';
import type { ShellView } from '#shared/settings/settings.ts';
import { tell } from '../../stores/notices.ts';
import { loadInfo } from '../../stores/overview.ts';
import { changeSetting, loadSettings } from '../../stores/settings.ts';
import { Button } from '../../ui/Button.tsx';

/** How often to look whether the shell has answered, ms. */
const LOOK_MS = 2_000;

const words = ({ shell, state, problem }: ShellView): string => {
  if (state === 'asking')
    return `Your login shell (${shell}) has not answered yet. Until then commands get the short PATH of a desktop program.`;
  if (problem === null) return `Commands get the variables of your login shell (${shell}).`;
  return state === 'failed'
    ? `${problem}. Commands get the short PATH of a desktop program, so tools may not be found.`
    : `${problem}. Tools that are found only by way of those may be missing.`;
};

/** What came of asking the login shell, and the way to ask it again. */
export function LoginShell({ view }: { readonly view: ShellView }) {
  const [asking, setAsking] = useState(false);
  const waits = view.state === 'asking' && !asking;
  useEffect(() => {
    if (!waits) return;
    const timer = setInterval(() => void Promise.all([loadInfo(), loadSettings()]), LOOK_MS);
    return () => clearInterval(timer);
  }, [waits]);
  const again = async (): Promise<void> => {
    setAsking(true);
    const failure = await changeSetting({ what: 'login-shell' });
    setAsking(false);
    if (failure !== null) tell(failure);
    await loadInfo();
  };
  return (
    <div className="row" role={view.problem === null ? undefined : 'alert'}>
      <span>{words(view)}</span>
      <Button disabled={asking || view.state === 'asking'} onClick={() => void again()}>
        {asking ? 'Asking...' : 'Ask it again'}
      </Button>
    </div>
  );
}
