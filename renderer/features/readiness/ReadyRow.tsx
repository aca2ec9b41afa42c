import type { CheckedItem } from '#shared/readiness/readiness.ts';
import { useTick } from '../../stores/tick.ts';
import { Button } from '../../ui/Button.tsx';
import { ago } from '../../ui/time.ts';
import { StateMark } from './StateMark.tsx';

interface ReadyRowProps {
  readonly item: CheckedItem;
  readonly looking: boolean;
  readonly onAgain: () => void;
}

/** One line of the board: what, how it stands, what to do, how old that is. */
export function ReadyRow({ item, looking, onAgain }: ReadyRowProps) {
  return (
    <li className="ready__row" aria-busy={looking}>
      <StateMark state={item.state} />
      <span className="strong ready__title">{item.title}</span>
      <span className="ready__found">
        <span>{item.detail}</span>
        {item.fix === null ? null : <span className="ready__fix">{item.fix}</span>}
      </span>
      <span className="soft small tabular ready__age">{looking ? 'looking' : <Age since={item.checkedAt} />}</span>
      <Button look="quiet" aria-label={`Check ${item.title} again`} aria-disabled={looking} onClick={onAgain}>
        Again
      </Button>
    </li>
  );
}

/** It alone renders every second, not the whole board. */
const Age = ({ since }: { readonly since: number }) => ago(useTick(1_000) - since);
