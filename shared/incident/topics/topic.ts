/**
 * The rules of one kind of event: what it does to the state, what the timeline says, and what the report adds. A
 * topic is a table of them.
 */
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
  /** Whether Rollbook did it or a person. */
  readonly source: Source | ((payload: PayloadOf<K>) => Source);
  /** Whether it belongs in the short timeline. */
  readonly starred: (payload: PayloadOf<K>, context: Context) => boolean;
  readonly tone: (payload: PayloadOf<K>, context: Context) => Tone;
  /** One plain sentence without a full stop. */
  readonly text: (payload: PayloadOf<K>, context: Context) => string;
  /** It only reports progress or adds information, so an intent decided before it is still valid. */
  readonly keepsIntentsValid?: true;
  readonly report?: ReportRule<K>;
}

/** What the report says of an event beside its line in the timeline. */
export interface ReportRule<K extends EventKind> {
  /** It departs from the runbook, so it is listed under "Deviations". */
  readonly deviates?: (payload: PayloadOf<K>) => boolean;
  /** Rollbook timed only the entry; when it happened is what a person says. */
  readonly timeIsManual?: true;
  /** Somebody else continues the incident. */
  readonly handsOff?: true;
  /** Who was told what by it, or null. */
  readonly told?: (payload: PayloadOf<K>, context: Context) => Told | null;
  /** What a check of a post-condition found, rule by rule. */
  readonly findings?: (payload: PayloadOf<K>) => readonly Finding[];
}

export interface Told {
  readonly who: string;
  readonly how: string;
  readonly what: string;
}

export interface Finding {
  readonly rule: string;
  readonly result: 'met' | 'not met' | 'not declared';
  readonly detail: string;
}

export type Topic<K extends EventKind> = { readonly [E in K]: EventRule<E> };

/** For `apply`: the event is shown and changes nothing. */
export const same = (state: IncidentState): IncidentState => state;

export const always = (): boolean => true;
export const never = (): boolean => false;
export const plain = (): Tone => 'plain';
export const attention = (): Tone => 'attention';
export const bad = (): Tone => 'bad';

/** For `findings`: a rule as its event records it. */
export const ruleFound = ({ rule, met, detail }: { rule: string; met: boolean; detail: string }): Finding => ({
  rule,
  result: met ? 'met' : 'not met',
  detail,
});
