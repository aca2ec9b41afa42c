import type { ReadyState } from '#shared/readiness/readiness.ts';
import { Mark } from '../../ui/marks.tsx';

const STATE = {
  ok: { shape: 'solid-tick', tone: 'proven', word: 'ready' },
  warning: { shape: 'triangle', tone: 'caution', word: 'look at it' },
  failed: { shape: 'cross', tone: 'bad', word: 'failed' },
  unknown: { shape: 'question', tone: 'caution', word: 'not known' },
} as const satisfies Record<ReadyState, unknown>;

export const StateMark = ({ state }: { readonly state: ReadyState }) => <Mark {...STATE[state]} />;
