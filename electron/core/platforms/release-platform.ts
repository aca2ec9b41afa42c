/**
 * The questions that every platform answers about the releases of a service: which are there and what runs now (`offer`), is
 * that still so just before going back (`mustBeUnchanged`), and did it work (`prove`). Going back itself is the command of the
 * runbook. `releases.ts` finds the platform of a service, so that no kind of step knows one by name.
 */
import type { IncidentState } from '#shared/incident/state.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import type { FlyStatus } from '#shared/platforms/fly/status.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import type { Target } from '#core/engine/values.ts';

/** A chosen release; `fingerprint` is that of the list it was chosen from. */
export type Choice = Pick<PayloadOf<'release.chosen'>, 'version' | 'label' | 'fingerprint' | 'image'>;

/** The state read just before a change, for its proof to compare with. */
export type StateBefore =
  | { readonly platform: 'fly'; readonly status: FlyStatus }
  | { readonly platform: 'generic'; readonly running: PayloadOf<'releases.read'>['running'] };

export interface LookAgain {
  readonly service: string;
  readonly choice: Choice | null;
  /** Our changes since the choice, each of which may have made a release, even if it failed. */
  readonly tries: number;
  /** Called before the refusal, when the list changed. */
  readonly changed?: (
    now: string,
    newest: { readonly version: number; readonly label?: string | undefined } | null,
  ) => Promise<void>;
}

export interface ReleasePlatform {
  /** Reads the releases and what runs now, with a verdict on each release (product rule 1). */
  readonly offer: (
    context: IncidentContext,
    step: Step,
    actor: string,
    service: string,
  ) => Promise<PayloadOf<'releases.read'>>;
  /** The same from the output that a person pasted for each command; null: some is missing. */
  readonly offerPasted: (
    context: IncidentContext,
    step: Step,
    pasted: (command: Command) => string | undefined,
  ) => PayloadOf<'releases.read'> | null;
  /** Reads what runs now, and on Fly the process groups that are up. Codes: those of the reads. */
  readonly running: (
    context: IncidentContext,
    step: Step,
    service: string,
  ) => Promise<Pick<PayloadOf<'release.running-read'>, 'running' | 'groups'>>;
  /** Refuses if the releases changed since the choice. Codes: `no-release`, `releases-changed`, those of the reads. */
  readonly mustBeUnchanged: (context: IncidentContext, step: Step, look: LookAgain) => Promise<StateBefore>;
  /** The arguments that the change needs besides those of the runbook. */
  readonly changeArguments: (
    choice: Pick<NonNullable<IncidentState['choice']>, 'immediate'> | null,
  ) => readonly string[];
  /** The post-condition. Codes: those of the reads. */
  readonly prove: (
    context: IncidentContext,
    step: Step,
    before: StateBefore | null,
    target: Target,
  ) => Promise<PayloadOf<'proof.evaluated'>>;
  /** Looks for releases that somebody else made during the watch. `named`: the service is one of several. */
  readonly foreign: (
    context: IncidentContext,
    step: Step,
    service: string,
    named: boolean,
  ) => { look(): Promise<void> };
}
