import { useState } from 'react';
import type { CheckView } from '#shared/runbook-check/check-view.ts';
import { useKeys } from '../../app/keys.ts';
import { ask } from '../../stores/core.ts';
import { tell } from '../../stores/notices.ts';
import { loadRunbooks } from '../../stores/overview.ts';
import { Button } from '../../ui/Button.tsx';
import { useArming } from '../../ui/use-arming.ts';
import { foundText } from './found-text.ts';

interface TrustButtonProps {
  readonly hash: string;
  /** An earlier content was reviewed, so only the changes have to be. */
  readonly isOnlyChanges: boolean;
  /** null while the check runs. */
  readonly check: CheckView | null;
}

/** Trusts a runbook. The first press arms the button and shows what the check found; the second trusts. */
export function TrustButton({ hash, isOnlyChanges, check }: TrustButtonProps) {
  const [sending, setSending] = useState(false);
  const { armed, ready, arm, disarm } = useArming();
  const trust = async (): Promise<void> => {
    setSending(true);
    const answer = await ask('runbook.trust', { hash });
    if (answer.ok) await loadRunbooks();
    else tell(answer.error);
    setSending(false);
  };
  const press = (): void => {
    if (sending || (armed && !ready)) return;
    if (!armed) return arm();
    disarm();
    void trust();
  };
  const label = isOnlyChanges ? 'I have reviewed the changes: trust' : 'I have reviewed it: trust';
  useKeys('Review', [
    { keys: 'Enter', label, run: press },
    ...(armed ? [{ keys: 'Escape', label: 'Cancel', inFields: true, silent: true, run: disarm }] : []),
  ]);
  return (
    <>
      <Button
        look={armed ? 'armed' : 'primary'}
        shortcut="Enter"
        aria-disabled={sending || (armed && !ready)}
        onClick={press}
      >
        {armed ? 'Trust it now' : label}
      </Button>
      <p className={armed ? 'strong' : 'soft'} role="status">
        {armed
          ? `${foundText(check)} Press Enter again to trust. Esc cancels.`
          : isOnlyChanges
            ? 'Until then, what was reviewed last is what can be declared with.'
            : 'Its commands will run with your credentials. Read them above first.'}
      </p>
    </>
  );
}
