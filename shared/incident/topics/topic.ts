/** What is known of one kind of event: what it does to the state, and what the timeline says. A topic is a table of some. */
import type { EventKind, PayloadOf } from '../event.ts';
import type { IncidentState } from '../state.ts';
import type { Context } from '../timeline-words.ts';

/** `good`: proven by Rollbook. `attention`: a person should look. `bad`: it did not work, or got worse. */
export type Tone = 'plain' | 'good' | 'attention' | 'bad';

export type Source = 'app' | 'person';

export interface Happened<K extends EventKind> {
  readonly seq: number;
  readonly at: number;
  readonly occurredAt: number | null;
  readonly payload: PayloadOf<K>;
}

export interface EventRule<K extends EventKind> {
  /** The state after it. */
  readonly apply: (state: IncidentState, event: Happened<K>) => IncidentState;
  /** Who did it, where it was not Rollbook by itself. */
  readonly source: Source | ((payload: PayloadOf<K>) => Source);
  /** Whether it belongs into the short timeline. */
  readonly starred: (payload: PayloadOf<K>, context: Context) => boolean;
  readonly tone: (payload: PayloadOf<K>, context: Context) => Tone;
  /** One plain sentence without a full stop. */
  readonly text: (payload: PayloadOf<K>, context: Context) => string;
}

export type Topic<K extends EventKind> = { readonly [E in K]: EventRule<E> };

/** It is only told. */
export const same = (state: IncidentState): IncidentState => state;

export const always = (): boolean => true;
export const never = (): boolean => false;
export const plain = (): Tone => 'plain';
export const attention = (): Tone => 'attention';
export const bad = (): Tone => 'bad';
