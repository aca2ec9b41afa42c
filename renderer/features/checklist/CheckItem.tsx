import { type ReactNode, useState } from 'react';
import { saysNo } from '#shared/incident/checklist.ts';
import { stepState } from '#shared/incident/state.ts';
import type { Check } from '#shared/runbook/model.ts';
import { useKeys } from '../../app/keys.ts';
import { act } from '../../stores/incident.ts';
import { useIncident } from '../../stores/use-incident.ts';
import { Button, Key } from '../../ui/Button.tsx';
import { Mark } from '../../ui/marks.tsx';
import { Form } from '../../ui/Form.tsx';
import './check-item.css';

interface CheckItemParts {
  /** The step or checklist that contains the check. */
  readonly stepId: string;
  readonly check: Check;
  readonly ticked: boolean;
  /** From 1. Up to 9 it is also the key. */
  readonly number: number;
  /** Group of its key in the keyboard map. */
  readonly keyGroup: string;
  /** Initial text of the field, to be confirmed or replaced. */
  readonly known?: string;
}

export interface CheckItem extends CheckItemParts {
  /** The answer that denied it, or ''. */
  readonly answered: string;
  /** The field for what was seen is open. */
  readonly asking: boolean;
  /** Text of the field. Typed text is kept when the field closes. */
  readonly seen: string;
  readonly type: (text: string) => void;
  readonly toggle: () => void;
  /** Ticks the check with the text of the field, unless it is empty. */
  readonly give: () => void;
}

/** A check: ticking asks for what was seen, unticking does not. The number key works like its button. */
export function useCheckItem(ticked: CheckItemParts): CheckItem {
  const [asking, setAsking] = useState(false);
  const [typed, setTyped] = useState<string | null>(null);
  const { check, number, known = '' } = ticked;
  const seen = typed ?? known;
  const given = stepState(useIncident().state, ticked.stepId).ticks[check.id];
  const answered = given?.ticked === false ? given.observed : '';
  const send = (on: boolean, observed: string): void => {
    setAsking(false);
    // A denied check starts again with an empty answer.
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
  /** Shown between the mark and the button. */
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
  <Form className="check__ask" onSubmit={give}>
    <input
      className="input"
      autoFocus
      aria-label={`What you saw: ${check.text}`}
      placeholder={placeholder}
      value={seen}
      onChange={(event) => type(event.target.value)}
    />
    <Button type="submit" disabled={seen.trim() === ''}>
      {saysNo(seen) ? 'Record that it is not so' : 'Tick it'}
    </Button>
  </Form>
);
