/** What a kind of step does beyond running its commands as the runbook writes them. `registry.ts` has a row for each kind. */
import type { PayloadOf } from '#shared/incident/event.ts';
import type { Proven } from '#shared/incident/post-condition.ts';
import type { FlyStatus } from '#shared/platforms/fly/status.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import type { EndedRun } from '#core/engine/judge.ts';
import type { Ran } from '#core/engine/run-command.ts';

/** What was read just before the change of a step; its proof compares with it. */
export type StateBefore = FlyStatus;

/** Refuses when something that has to come first is missing. Code: `not-allowed`. */
export type Gate = (context: IncidentContext) => void;

export interface StepEffects {
  readonly gates?: {
    /** Before its own readings. */
    readonly read?: Gate;
    /** Before its change, also when a person makes it by hand. */
    readonly change?: Gate;
    /** Before Rollbook runs its change. */
    readonly run?: Gate;
  };
  /** Readings of its own; the commands it shows are there to be run by hand. */
  readonly read?: (context: IncidentContext, step: Step, actor: string) => Promise<void>;
  /** Its change, where its command does not run as it is written. */
  readonly change?: (context: IncidentContext, step: Step, command: Command, actor: string) => Promise<Ran>;
  /** The look immediately before its change; the proof compares with it. */
  readonly lookBefore?: (context: IncidentContext, step: Step) => Promise<StateBefore>;
  readonly extraArguments?: (context: IncidentContext) => readonly string[];
  /** Environment variables its commands get. */
  readonly environment?: Readonly<Record<string, string>>;

  /** Only its last command makes something that can be looked at. */
  readonly provenAfterLast?: true;
  /** Looks at what its change came to. Null: there is nothing to look for. */
  readonly look?: (
    context: IncidentContext,
    step: Step,
    before: StateBefore | null,
  ) => Promise<PayloadOf<'proof.evaluated'> | null>;
  /** What the findings mean, where they neither prove the step nor fail it. */
  readonly inconclusive?: (context: IncidentContext, looked: PayloadOf<'proof.evaluated'>) => Proven | null;
  /** As `look`, with an event of its own. */
  readonly prove?: (context: IncidentContext, step: Step) => Promise<Proven>;
  /** Several services: each has a verdict of its own. */
  readonly judge?: (context: IncidentContext, step: Step, ran: EndedRun, before: StateBefore | null) => Promise<void>;
  readonly proveAgain?: (context: IncidentContext, step: Step) => Promise<void>;

  /** What of a pasted output is needed later. */
  readonly keepPasted?: (context: IncidentContext, command: Command, output: string) => void;
  /** After the output of a read was pasted. */
  readonly takePasted?: (context: IncidentContext, step: Step) => Promise<void>;
}
