import { useState } from 'react';
import { go } from '../../app/route.ts';
import { ask } from '../../stores/core.ts';
import { tell } from '../../stores/notices.ts';
import { defaultRunbook, loadRunbooks, useOverview } from '../../stores/overview.ts';
import { changeSetting } from '../../stores/settings.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';

interface RunbookUseProps {
  readonly hash: string;
  readonly trusted: boolean;
}

/** What else can be done with a runbook: make it the default, take the trust back, take it off the list. */
export function RunbookUse({ hash, trusted }: RunbookUseProps) {
  const runbooks = useOverview((overview) => overview.runbooks) ?? [];
  const summary = runbooks.find((runbook) => runbook.hash === hash);
  const [asking, setAsking] = useState<'untrust' | 'remove' | null>(null);
  if (summary === undefined) return null;
  const makeDefault = async (): Promise<void> => {
    const failure = await changeSetting({ what: 'default-runbook', runbook: summary.name });
    if (failure === null) await loadRunbooks();
    else tell(failure);
  };
  const isDefault = defaultRunbook(runbooks)?.hash === hash;
  return (
    <div className="row">
      {trusted && !isDefault ? (
        <Button onClick={() => void makeDefault()}>Make it the default</Button>
      ) : trusted ? (
        <span className="small">Default: declaring starts with it.</span>
      ) : null}
      {trusted && !summary.bundled ? <Button onClick={() => setAsking('untrust')}>Withdraw trust</Button> : null}
      {summary.bundled ? null : <Button onClick={() => setAsking('remove')}>Remove from the list</Button>}
      {asking === null ? null : (
        <Confirm
          {...(asking === 'untrust' ? UNTRUST : REMOVE)}
          onClose={() => setAsking(null)}
          onConfirm={async () => {
            const done = await ask(asking === 'untrust' ? 'runbook.untrust' : 'runbook.remove', { hash });
            setAsking(null);
            if (!done.ok) return tell(done.error);
            await loadRunbooks();
            if (asking === 'remove') go({ screen: 'runbooks' });
          }}
        />
      )}
    </div>
  );
}

const UNTRUST = {
  title: 'Withdraw trust?',
  text: 'No incident can be declared with it until it is reviewed again. Open incidents continue.',
  label: 'Withdraw trust',
} as const;

const REMOVE = {
  title: 'Remove from the list?',
  text: 'The file itself stays, and so do past incidents and their reports. Adding the file lists it again, to be reviewed.',
  label: 'Remove it',
} as const;

interface ConfirmProps {
  readonly title: string;
  readonly text: string;
  readonly label: string;
  readonly onClose: () => void;
  readonly onConfirm: () => Promise<void>;
}

function Confirm({ title, text, label, onClose, onConfirm }: ConfirmProps) {
  return (
    <Dialog title={title} onClose={onClose}>
      <p>{text}</p>
      <div className="row">
        <Button look="danger" onClick={() => void onConfirm()}>
          {label}
        </Button>
        <Button data-first-focus="" onClick={onClose}>
          Keep it
        </Button>
      </div>
    </Dialog>
  );
}
