import { useState } from 'react';
import type { PurgeDone, PurgePlan } from '#shared/api/purge-calls.ts';
import { isPurgeTyped, purgeWord } from '#shared/incident/topics/purge.ts';
import { count } from '#shared/words/count.ts';
import { useKeys } from '../../app/keys.ts';
import { go } from '../../app/route.ts';
import { get } from '../../stores/core.ts';
import { forgetIncident } from '../../stores/incident.ts';
import { Button } from '../../ui/Button.tsx';
import { Dialog } from '../../ui/Dialog.tsx';
import { TextField } from '../../ui/Field.tsx';
import { Form } from '../../ui/Form.tsx';

/** Removes the content of an incident that is over. Rare, so it has no key. */
export function PurgeIncident({ id }: { readonly id: string }) {
  const [plan, setPlan] = useState<PurgePlan | null>(null);
  const open = async (): Promise<void> => setPlan(await get('incident.purge-plan', { incidentId: id }));
  useKeys('Report', [{ keys: '', label: 'Purge the incident', run: () => void open() }]);
  return (
    <>
      <Button look="quiet" onClick={() => void open()}>
        Purge…
      </Button>
      {plan === null ? null : <PurgeDialog plan={plan} onClose={() => setPlan(null)} />}
    </>
  );
}

interface PurgeDialogProps {
  readonly plan: PurgePlan;
  readonly onClose: () => void;
}

function PurgeDialog({ plan, onClose }: PurgeDialogProps) {
  const { incidentId, title } = plan;
  const [typed, setTyped] = useState('');
  const [reason, setReason] = useState('');
  const [removing, setRemoving] = useState(false);
  const [done, setDone] = useState<PurgeDone | null>(null);
  const fits = isPurgeTyped(incidentId, typed);
  const purge = async (): Promise<void> => {
    if (removing || !fits) return;
    setRemoving(true);
    const result = await get('incident.purge', { incidentId, typed, reason: reason.trim() });
    setRemoving(false);
    if (result !== null) setDone(result);
  };
  if (done !== null) return <Purged done={done} />;
  return (
    <Dialog title={`Purge "${title}"`} onClose={onClose}>
      <Form className="stack" onSubmit={() => void purge()}>
        <p>
          <strong>There is no way back.</strong> Removed for good:
        </p>
        <Removed plan={plan} />
        <p>
          What stays: its place in the list with kind, severity, times and outcome; who did something when; and the
          hashes that prove it.
        </p>
        <Elsewhere paths={plan.elsewhere} />
        <TextField
          label={`Type ${purgeWord(incidentId)}, the end of its id`}
          value={typed}
          maxLength={26}
          onText={setTyped}
          data-first-focus=""
        />
        <TextField label="Why (it stays)" value={reason} maxLength={500} onText={setReason} />
        <div className="row">
          <Button onClick={onClose}>Keep it</Button>
          <Button look="danger" type="submit" disabled={!fits || removing}>
            {removing ? 'Removing it' : 'Purge it'}
          </Button>
        </div>
      </Form>
    </Dialog>
  );
}

function Removed({ plan: { payloads, files, backups } }: { readonly plan: PurgePlan }) {
  return (
    <ul className="purge__list">
      <li>the contents of {count(payloads, 'event')}: notes, messages, commands, answers, the report</li>
      <li>{count(files, 'file')} of the data folder: outputs, evidence, database dumps, reports, bundles</li>
      <li>
        its entries in the search
        {backups === 0 ? null : `, and in ${backups === 1 ? '1 copy' : `${backups} copies`} of the store`}
      </li>
    </ul>
  );
}

function Elsewhere({ paths }: { readonly paths: readonly string[] }) {
  if (paths.length === 0) return null;
  return (
    <div>
      <p>Not removed, delete it yourself:</p>
      <ul className="purge__list small">
        {paths.map((path) => (
          <li key={path}>
            <code>{path}</code>
          </li>
        ))}
      </ul>
    </div>
  );
}

function Purged({ done: { incidentId, payloads, files, left } }: { readonly done: PurgeDone }) {
  const home = (): void => {
    forgetIncident(incidentId);
    go({ screen: 'home' });
  };
  return (
    <Dialog title={left.length === 0 ? 'Purged' : 'Not purged completely'} onClose={home}>
      {left.length === 0 ? (
        <p>
          {count(payloads, 'payload')} and {count(files, 'file')} are gone; the chain is whole.
        </p>
      ) : (
        <ul className="purge__list">
          {left.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <div className="row">
        <Button look="primary" onClick={home} data-first-focus="">
          Home
        </Button>
      </div>
    </Dialog>
  );
}
