/**
 * The definition of a kind of step. Begin here to read this folder: each file defines one kind, `registry.ts` joins them, and
 * `action.ts` has the actions that they offer. What a kind does is in `electron/core/steps`.
 */
import type { Command, Runbook, Settings, Step } from '../runbook/model.ts';
import type { NextActionRule } from './action.ts';
import type { StepKind } from './kinds.ts';

export interface StepKindDefinition {
  /** The primary action of an open step of this kind. */
  readonly next: NextActionRule;

  /** Text above the step before it starts; null: its card or its commands say enough. */
  readonly lead: string | null;

  /**
   * What proves its change: Rollbook itself (`rollbook`), the commands that the runbook marks `proof`
   * (`commands`), the `-- rollbook:` lines of the SQL file (`sql-file`), or only a person (`person`).
   */
  readonly provenBy: 'rollbook' | 'commands' | 'sql-file' | 'person';
  /**
   * Its change puts nothing else in the place of what runs, and cannot be taken back. The commands that the runbook marks
   * `proof` prove it too, and the card before it says so.
   */
  readonly keepsRelease?: true;
  /** It reads the state, so it also shows whether earlier changes worked. */
  readonly checksEarlierSteps?: true;

  /** Whether its commands run as the runbook writes them, or Rollbook builds them from what was chosen. */
  readonly commands: 'as-written' | 'filled-in';
  /** All its commands only read, whatever their text looks like. */
  readonly onlyReads?: true;
  /** It works on the database that the front matter declares. */
  readonly needsDatabase?: true;
  /** It keeps a copy of what the change of the database may lose. */
  readonly dumps?: true;
  /** It changes that database. */
  readonly changesDatabase?: true;
  /** Rollbook offers it; a fence cannot name it with `step=`. */
  readonly offeredOnly?: true;
  /** A person chooses the release to go back to: of the incident's one service, or of several. */
  readonly choosesRelease?: 'one-service' | 'several-services';
  /** It rolls out a release: of the incident's one service, or of several with an outcome each. */
  readonly deploys?: 'one-service' | 'several-services';
  /** Its fences may say which services, in which order (`services=`, `order=`). */
  readonly takesServices?: true;
  /** Its fence has to say how long it lasts (`watch=`). */
  readonly takesWatch?: true;

  /** A person says here whether the declared symptom is gone. */
  readonly asksForSymptom?: true;
  /** It relies on an earlier proof. When that proof no longer holds, doing this step again cannot help. */
  readonly reliesOnProof?: true;
  /** It takes the service away from users, so the fast stop (stopping all machines) is an alternative. */
  readonly endsService?: true;

  /** It stops all machines at once, without a page in their place. */
  readonly stopsMachines?: true;

  /** A step of another kind takes its change back, so a runbook has to have both or neither. */
  readonly undoneBy?: UndoneBy;
  /** It is proven by the maintenance marker that the front matter declares: users see it afterwards, or no longer. */
  readonly marker?: 'shown' | 'gone';

  /** A choice that later steps depend on. Choosing again reopens those too. */
  readonly choice?: Choice;
  /** When a step of this kind fails, another choice in a step of these kinds may help. */
  readonly afterChoice?: readonly StepKind[];
  /** Doing it again changes what is being watched, so a running watch ends. */
  readonly endsWatch?: true;

  /** Matches the issues of the runbook (title and symptoms) that are about a failure of such a step. */
  readonly issues?: RegExp;
  /** Dashboards on which the same can be done by hand; offered when a step of this kind failed. */
  readonly dashboards?: (runbook: Runbook) => readonly Step[];
  /** For a kind that an "Issue: ..." section can offer as a way out of a failed step. */
  readonly branch?: Branch;
}

export interface UndoneBy {
  readonly kind: StepKind;
  /** Code of the gap when the runbook has only one of the two, and what it says without the change or without the undo. */
  readonly gap: string;
  readonly noChange: string;
  readonly noUndo: string;
}

export interface Choice {
  /** How choosing again is offered when a later step failed; null: it is not. */
  readonly again: { readonly id: string; readonly label: string; readonly risk: string } | null;
}

export interface Branch {
  /** True when the commands of an issue are of this kind, although no fence says so. */
  readonly recognises?: (commands: readonly Command[], settings: Settings) => boolean;
  /** Used when the runbook gives none. */
  readonly title?: string;
  readonly risk?: string;
  /** A sentence on when it counts as done. */
  readonly contract: string;
  /** Its outcome becomes the outcome of the failed step. Otherwise that step is decided again. */
  readonly endsItsStep?: true;
  /** It loses data, so it is offered last. */
  readonly losesData?: true;
}
