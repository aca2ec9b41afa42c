/**
 * What a kind of step does besides running its commands as the runbook writes them. Begin here to read this folder: one file
 * per kind, joined in `registry.ts`. The engine calls these functions in `engine/action.ts`.
 */
import type { PayloadOf } from '#shared/incident/event.ts';
import type { Proven } from '#shared/incident/outcome-contract.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import type { EndedRun } from '#core/engine/judge.ts';
import type { StateBefore } from '#core/platforms/release-platform.ts';
import type { Ran } from '#core/engine/run-command.ts';

/** Throws when a precondition is not met. Code: `not-allowed`. */
export type Gate = (context: IncidentContext) => void;

export interface StepEffects {
  readonly gates?: {
    /** Checked before its reads. */
    readonly read?: Gate;
    /** Checked before its change, also when a person makes it by hand. */
    readonly change?: Gate;
    /** Checked only before Rollbook runs its change. */
    readonly run?: Gate;
  };
  /** Reads in place of the step's commands, which are then shown only for running by hand. */
  readonly read?: (context: IncidentContext, step: Step, actor: string) => Promise<void>;
  /** Makes the change, where the command does not run as written. */
  readonly change?: (context: IncidentContext, step: Step, command: Command, actor: string) => Promise<Ran>;
  /** Reads the state just before the change; null: it is on the timeline instead. Throwing stops the change. */
  readonly lookBefore?: (context: IncidentContext, step: Step) => Promise<StateBefore | null>;
  /** Arguments added to its commands. */
  readonly extraArguments?: (context: IncidentContext) => readonly string[];
  /** Environment variables added to its commands. */
  readonly environment?: Readonly<Record<string, string>>;

  /** It can be proven only after its last command. */
  readonly provenAfterLast?: true;
  /** Checks the post-condition. Null: there is none. */
  readonly look?: (
    context: IncidentContext,
    step: Step,
    before: StateBefore | null,
  ) => Promise<PayloadOf<'proof.evaluated'> | null>;
  /** The result, where the findings neither prove the step nor fail it; null: they do. */
  readonly inconclusive?: (context: IncidentContext, looked: PayloadOf<'proof.evaluated'>) => Proven | null;
  /** Checks the post-condition and records it with an event of its own; replaces `look`. */
  readonly prove?: (context: IncidentContext, step: Step) => Promise<Proven>;
  /** Judges the step itself, where each of several services has its own outcome. */
  readonly judge?: (context: IncidentContext, step: Step, ran: EndedRun, before: StateBefore | null) => Promise<void>;
  /** Checks the post-condition again at a person's request, where `judge` is given. */
  readonly proveAgain?: (context: IncidentContext, step: Step) => Promise<void>;

  /** Keeps the part of a pasted output that is needed later. */
  readonly keepPasted?: (context: IncidentContext, command: Command, output: string) => void;
  /** Called after the output of a read was pasted. */
  readonly takePasted?: (context: IncidentContext, step: Step) => Promise<void>;
}
