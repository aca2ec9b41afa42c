/** What a row of the timeline's tables says of one kind of event. */
import type { EventKind, PayloadOf } from './event.ts';
import type { Context } from './timeline-words.ts';

/** `good`: proven by Rollbook. `attention`: a person should look. `bad`: it did not work, or got worse. */
export type Tone = 'plain' | 'good' | 'attention' | 'bad';

export type Source = 'app' | 'person';

export interface Row<K extends EventKind> {
  readonly source: Source | ((payload: PayloadOf<K>) => Source);
  readonly starred: (payload: PayloadOf<K>, context: Context) => boolean;
  readonly tone: (payload: PayloadOf<K>, context: Context) => Tone;
  readonly text: (payload: PayloadOf<K>, context: Context) => string;
}

export const always = (): boolean => true;
export const never = (): boolean => false;
export const plain = (): Tone => 'plain';
export const attention = (): Tone => 'attention';
export const bad = (): Tone => 'bad';
