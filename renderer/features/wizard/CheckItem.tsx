import { type ReactNode, useState } from 'react';
import { saysNo } from '#shared/incident/checklist.ts';
import { stepState } from '#shared/incident/state.ts';
import type { Check } from '#shared/runbook/model.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button, Key } from '../../ui/Button.tsx';
import { Mark } from '../../ui/marks.tsx';
import './checks.css';

interface CheckItemParts {
  /** The step or checklist that the check stands in. */
  readonly stepId: string;
  readonly check: Check;
  readonly ticked: boolean;
  /** From 1: its key, up to 9. */
  readonly number: number;
  /** Where its key stands in the map. */
  readonly keyGroup: string;
  /** What stands in the field until something is typed: it is read and confirmed, or written anew. */
  readonly known?: string;
}

export interface CheckItem extends CheckItemParts {
  /** What was said of it while it is not ticked: that it is not so. */
  readonly answered: string;
  /** The person was asked what they saw, and has not said it yet. */
  readonly asking: boolean;
  /** What stands in the field; what was typed outlives its closing. */
  readonly seen: string;
  readonly type: (text: string) => void;
  readonly toggle: () => void;
  /** Ticks it with what stands in the field, if anything does. */
  readonly give: () => void;
}

/** A box that is ticked with what was seen, and unticked at once. Its number's key does as its button. */
export function useCheckItem(ticked: CheckItemParts): CheckItem {
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const { check, number, known = '' } = ticked;
  const seen = typed ?? known;
  const given = stepState(useIncident().state, ticked.stepId).ticks[check.id];
  const answered = given?.ticked === false ? given.observed : '';
  const send = (on: boolean, observed: string): void => {
    setAsking(false);
    // The next answer is another one.
    if (saysNo(observed)) setTyped(null);
    void act({ kind: 'tick', stepId: ticked.stepId, checkId: check.id, ticked: on, observed });
  };
  const toggle = (): void => (ticked.ticked ? send(false, '') : setAsking(!asking));
  useKeys(ticked.keyGroup, number <= 9 ? [{ keys: String(number), label: `Tick: ${check.text}`, run: toggle }] : []);
  const give = (): void => (seen.trim() === '' ? undefined : send(true, seen.trim()));
  return { ...ticked, answered, asking, seen, type: setTyped, toggle, give };
}

interface CheckItemRowProps {
  readonly tick: CheckItem;
  readonly strong?: boolean;
  /** Between the mark and the button. */
  readonly children?: ReactNode;
}

export const CheckItemRow = ({
  tick: { check, ticked, answered, number, toggle },
  strong = false,
  children,
}: CheckItemRowProps) => (
  <div className="check__row">
    <Key>{String(number)}</Key>
    <span className={strong ? 'check__text strong' : 'check__text'}>{check.text}</span>
    {ticked ? <Mark shape="hollow-tick" tone="person" word="confirmed by you" /> : null}
    {answered === '' ? null : <Mark shape="cross" tone="bad" word={`answered: ${answered}`} />}
    {children}
    <Button aria-label={`${ticked ? 'Untick' : 'Tick'}: ${check.text}`} onClick={toggle}>
      {ticked ? 'Untick' : 'Tick'}
    </Button>
  </div>
);

interface CheckItemFormProps {
  readonly tick: CheckItem;
  readonly placeholder: string;
}

export const CheckItemForm = ({ tick: { check, seen, type, give }, placeholder }: CheckItemFormProps) => (
  <form
    className="check__ask"
    onSubmit={(event) => {
      event.preventDefault();
      give();
    }}
  >
    <input
      className="input"
      autoFocus
      aria-label={`What you saw: ${check.text}`}
      placeholder={placeholder}
      value={seen}
      onChange={(event) => type(event.target.value)}
    />
    <button className="button" type="submit" disabled={seen.trim() === ''}>
      {saysNo(seen) ? 'Record that it is not so' : 'Tick it'}
    </button>
  </form>
);
