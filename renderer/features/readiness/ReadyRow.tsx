import type { CheckedItem, ReadyState } from '#shared/readiness/readiness.ts';
import { useTick } from '../../stores/tick.ts';
import { Button } from '../../ui/Button.tsx';
import { ago } from '../../ui/time.ts';
import { Mark } from '../../ui/marks.tsx';

interface ReadyRowProps {
  readonly item: CheckedItem;
  readonly reading: boolean;
  readonly onAgain: () => void;
}

/** One item of the board: its state, the fix, and the age of the result. */
export function ReadyRow({ item, reading, onAgain }: ReadyRowProps) {
  return (
    <li className="ready__row" aria-busy={reading}>
      <StateMark state={item.state} />
      <span className="strong ready__title">{item.title}</span>
      <span className="ready__found">
        <span>{item.detail}</span>
        {item.fix === null ? null : <span className="ready__fix">{item.fix}</span>}
      </span>
      <span className="soft small tabular ready__age">{reading ? 'looking' : <Age since={item.checkedAt} />}</span>
      <Button look="quiet" aria-label={`Check ${item.title} again`} aria-disabled={reading} onClick={onAgain}>
        Again
      </Button>
    </li>
  );
}

/** A component of its own, so that only it renders every second. */
const Age = ({ since }: { readonly since: number }) => ago(useTick(1_000) - since);

const STATE = {
  ok: { shape: 'solid-tick', tone: 'proven', word: 'ready' },
  warning: { shape: 'triangle', tone: 'caution', word: 'look at it' },
  failed: { shape: 'cross', tone: 'bad', word: 'failed' },
  unknown: { shape: 'question', tone: 'caution', word: 'not known' },
} as const satisfies Record<ReadyState, unknown>;

export const StateMark = ({ state }: { readonly state: ReadyState }) => <Mark {...STATE[state]} />;
