/** What there is to know about a kind of step. One file in this folder defines one kind; `registry.ts` joins them. */
import type { Command, Runbook, Settings, Step } from '../runbook/model.ts';
import type { NextActionRule } from './action.ts';
import type { StepKind } from './kinds.ts';

export interface StepKindDefinition {
  /** The one primary action in an open step of this kind. */
  readonly next: NextActionRule;

  /** Shown above the step before it starts; null: its card or its commands say it. */
  readonly lead: string | null;

  /**
   * What shows whether its change worked: Rollbook itself (`rollbook`), the commands that the runbook marks `proof`
   * (`commands`), the `-- rollbook:` lines of the SQL file (`sql-file`), or only a person (`person`).
   */
  readonly provenBy: 'rollbook' | 'commands' | 'sql-file' | 'person';
  /** It reads the state, so it also shows whether the changes before it worked. */
  readonly checksEarlierSteps?: true;

  /** Whether its commands run as the runbook writes them, or Rollbook fills in what was chosen. */
  readonly commands: 'as-written' | 'filled-in';
  /** All its commands are readings, whatever their text looks like. */
  readonly onlyReads?: true;
  /** It works on the database that the front matter declares. */
  readonly needsDatabase?: true;
  /** It changes that database. */
  readonly changesDatabase?: true;
  /** No fence can name it with `step=`: Rollbook offers it by itself. */
  readonly offeredOnly?: true;
  /** A person chooses the release to go back to: of the incident's one service, or of several. */
  readonly choosesRelease?: 'one-service' | 'several-services';
  /** It rolls out a release: of the incident's one service, or of several with an outcome each. */
  readonly deploys?: 'one-service' | 'several-services';
  /** Its fences may say which services, in which order (`services=`, `order=`). */
  readonly takesServices?: true;
  /** It is a watch, and its fence has to say how long it lasts (`watch=`). */
  readonly takesWatch?: true;

  /** A person says here whether the declared symptom is gone. */
  readonly asksForSymptom?: true;
  /** It relies on an earlier proof: when that does not hold any more, doing this step again cannot help. */
  readonly reliesOnProof?: true;
  /** Afterwards nobody is served. Stopping all machines does the same, faster. */
  readonly endsService?: true;

  /** A step of this kind takes its change back. */
  readonly undoneBy?: StepKind;

  /** Something is chosen here that later steps depend on: choosing again reopens those too. */
  readonly choice?: Choice;
  /** When a step of this kind fails, another choice in a step of these kinds may help. */
  readonly afterChoice?: readonly StepKind[];
  /** Doing it again changes what is being watched, so a watch ends. */
  readonly endsWatch?: true;

  /** Issues of the runbook that are about a failure of such a step, by title and symptoms. */
  readonly issues?: RegExp;
  /** Dashboards that can do the same by hand; offered when a step of this kind failed. */
  readonly dashboards?: (runbook: Runbook) => readonly Step[];
  /** For a kind that an "Issue: ..." section offers as a way out of a failed step. */
  readonly branch?: Branch;
}

export interface Choice {
  /** How it is offered when a step that depends on it failed; null: it is not. */
  readonly again: { readonly id: string; readonly label: string; readonly risk: string } | null;
}

export interface Branch {
  /** True when these commands of an issue are of this kind, though no fence says so. */
  readonly recognises?: (commands: readonly Command[], settings: Settings) => boolean;
  /** Where the runbook gives none. */
  readonly title?: string;
  readonly risk?: string;
  /** When it counts as done, as a sentence. */
  readonly contract: string;
  /** Its outcome is the outcome of the step it was taken for. Otherwise that step is decided again. */
  readonly endsItsStep?: true;
  /** It is offered last. */
  readonly losesData?: true;
}
