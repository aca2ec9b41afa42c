/** A topic of adoption: what it asks about a runbook, and what the answers add to the file. */
import type { FrontMatter } from '../settings.ts';
import type { Runbook } from '../model.ts';
import type { CodeFence, EffectHint } from './fences.ts';
import type { AdoptionQuestion } from './question.ts';

export interface ToAdopt {
  readonly model: Runbook;
  /** The repaired text. */
  readonly source: string;
  /** What the front matter declares; null: it has none. */
  readonly front: FrontMatter | null;
  /** The fences that can take a hint. */
  readonly fences: readonly CodeFence[];
}

/** An entry for the front matter. */
export type Addition =
  | { readonly under: 'services' | 'variables'; readonly key: string; readonly value: unknown }
  | { readonly under: 'matrix'; readonly value: unknown }
  | { readonly under: null; readonly key: 'maintenance'; readonly value: unknown };

export interface Changes {
  readonly additions?: readonly Addition[];
  readonly hints?: readonly EffectHint[];
  /** What was answered and could not be written, in sentences. */
  readonly notes?: readonly string[];
}

export interface Topic {
  readonly questions: (runbook: ToAdopt) => readonly AdoptionQuestion[];
  /** `answer`: '' for a question that was skipped or not asked. */
  readonly changes: (runbook: ToAdopt, answer: (id: string) => string) => Changes;
}
