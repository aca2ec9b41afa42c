import { useRef, useState } from 'react';
import { useShallow } from 'zustand/react/shallow';
import { durationText } from '#shared/words/duration.ts';
import { escalationChain, nextInChain } from '#shared/runbook/escalation.ts';
import { act, escalationParts, useIncidentStore } from '../stores/incident.ts';
import { Button, Key } from '../ui/Button.tsx';
import { ChoiceField, TextField } from '../ui/Field.tsx';
import { timeOfDay } from '../ui/time.ts';
import { useKeys } from './keys.ts';
import { Form } from '../ui/Form.tsx';

const HOW = ['phone', 'Slack', 'pager', 'in person'] as const;
const SOMEBODY_ELSE = 'Somebody else';

/** The escalation chain of the open incident: who was called, who is next, and a form to log a call. */
export function Escalation() {
  const parts = useIncidentStore(useShallow(escalationParts));
  if (parts === null) return null;
  const { runbook, calls, detectedAt, mayLog } = parts;
  const chain = escalationChain(runbook);
  const next = nextInChain(chain, calls);
  const callOf = (who: string) => calls.findLast((call) => call.who === who);
  return (
    <section className="stack stack--tight" aria-labelledby="escalation-title">
      <h3 id="escalation-title">Escalation chain</h3>
      {chain.length === 0 ? <p className="small soft">This runbook names no chain: call whoever can decide.</p> : null}
      <ol className="chain" aria-label="Escalation chain">
        {chain.map((who, index) => {
          const call = callOf(who);
          return (
            <li key={who} aria-current={who === next ? 'step' : undefined}>
              <span className="soft tabular">{index + 1}</span>
              <span className="strong">{who}</span>
              <span className="small">
                {call === undefined
                  ? who === next
                    ? 'call next'
                    : ''
                  : `${call.reached ? 'reached' : 'not reached'} at ${timeOfDay(call.at)}`}
              </span>
            </li>
          );
        })}
      </ol>
      {calls.length > 0 && next === null && chain.length > 0 ? (
        <p className="small">Everybody in the chain was called. Start again at the top, or name somebody else.</p>
      ) : null}
      {mayLog ? <CallForm key={calls.length} chain={chain} next={next} /> : null}
      {calls.length === 0 ? null : (
        <p className="small soft">
          {calls.length === 1 ? '1 call' : `${calls.length} calls`}; the first{' '}
          {durationText((calls[0]?.at ?? 0) - detectedAt)} after the detection.
        </p>
      )}
    </section>
  );
}

function CallForm({ chain, next }: { readonly chain: readonly string[]; readonly next: string | null }) {
  const [chosen, setChosen] = useState<string>(next ?? chain[0] ?? SOMEBODY_ELSE);
  const [name, setName] = useState('');
  const [how, setHow] = useState<string>(HOW[0]);
  const [words, setWords] = useState('');
  const form = useRef<HTMLFormElement>(null);
  useKeys('Contacts', [
    { keys: 'i', label: 'Escalate: log a call', run: () => form.current?.querySelector('select')?.focus() },
  ]);
  const sending = useIncidentStore((store) => store.sending !== null);
  const who = chosen === SOMEBODY_ELSE ? name.trim() : chosen;
  const log = (reached: boolean): void => {
    if (who !== '' && !sending) void act({ kind: 'log-escalation', who, how, reached, words });
  };
  return (
    <Form ref={form} className="stack stack--tight" aria-label="Log a call" onSubmit={() => log(true)}>
      <h4>
        Log a call <Key>E</Key>
      </h4>
      <ChoiceField label="Called" value={chosen} options={[...chain, SOMEBODY_ELSE]} onText={setChosen} />
      {chosen === SOMEBODY_ELSE ? <TextField label="Who" value={name} maxLength={200} onText={setName} /> : null}
      <ChoiceField label="By" value={how} options={HOW} onText={setHow} />
      <TextField
        label="What they said"
        placeholder="Go on, I am joining"
        value={words}
        maxLength={2_000}
        onText={setWords}
      />
      <div className="row">
        <Button look="primary" type="submit" aria-disabled={who === '' || sending}>
          Log: reached
        </Button>
        <Button aria-disabled={who === '' || sending} onClick={() => log(false)}>
          Not reached
        </Button>
      </div>
    </Form>
  );
}
