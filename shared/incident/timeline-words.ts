/** Parts of timeline sentences: titles for ids, versions, exits, reasons. */
import { type NamedRelease, releaseName } from '#shared/platforms/release-name.ts';
import type { Runbook, Step } from '#shared/runbook/model.ts';
import { deferredTitle } from './checklist.ts';
import { durationText } from '#shared/words/duration.ts';
import { STATUS_NOW } from './messages.ts';
import type { ImageFact } from './topics/event-parts.ts';
import type { PayloadOf } from './event.ts';
import type { ExitFact } from './topics/runs-events.ts';
import type { IncidentState, RunState } from './state.ts';
import { definitionOf } from '#shared/steps/registry.ts';

export interface Context {
  readonly state: IncidentState;
  readonly runbook: Runbook;
  readonly steps: ReadonlyMap<string, Step>;
}

export const titleOf = (stepId: string, { steps, runbook }: Context): string =>
  steps.get(stepId)?.title ?? deferredTitle(stepId, runbook);
export const procedureTitle = (id: string, { runbook }: Context): string =>
  runbook.procedures.find((procedure) => procedure.id === id)?.title ?? id;
export const messageTitle = (id: string, { runbook, steps }: Context): string =>
  [STATUS_NOW, ...runbook.messages, ...[...steps.values()].flatMap((step) => step.messages)].find(
    (each) => each.id === id,
  )?.title ?? id;
export const checkText = (stepId: string, checkId: string, { steps, runbook }: Context): string =>
  steps.get(stepId)?.checks.find((check) => check.id === checkId)?.text ?? deferredTitle(checkId, runbook);
const runOf = (runId: string, { state }: Context): RunState | undefined => state.runs.get(runId);
export const commandOf = (runId: string, context: Context): string => runOf(runId, context)?.shown ?? `run ${runId}`;
export const changes = (runId: string, context: Context): boolean => runOf(runId, context)?.effect === 'change';
/** A simulated tool has no process on this machine. */
export const processText = (pid: number, { state }: Context): string =>
  state.declared.adapter === 'simulated' ? 'simulated' : `process ${pid}`;
/** A trailing ": reason", or nothing. */
export const because = (reason: string): string => (reason.trim() === '' ? '' : `: ${reason}`);

/** `v10`, `v10 and v9` (machines are mixed), `an unknown version`. */
export function versionsText(images: readonly ImageFact[]): string {
  const versions = new Set(
    images.map(({ version, label, image }) => label ?? (version === null ? image : releaseName({ version }))),
  );
  return versions.size === 0 ? 'an unknown version' : [...versions].join(' and ');
}

/** How a command ended, as the end of a sentence. */
export function exitText(exit: ExitFact): string {
  switch (exit.kind) {
    case 'code':
      return `exit code ${exit.code}`;
    case 'signal':
      return `ended by ${exit.signal}`;
    case 'timeout':
      return `stopped after its limit of ${durationText(exit.afterMs)}`;
    case 'lost':
      return 'lost: nobody saw its end';
  }
}

export const succeeded = (exit: ExitFact): boolean => exit.kind === 'code' && exit.code === 0;

/** For a deploy "Rollback of <service> ..."; for any other step its title. */
export function provenText(proof: PayloadOf<'proof.evaluated'>, context: Context): string {
  const details = proof.findings
    .filter((finding) => finding.met === proof.met)
    .map(({ detail }) => detail.replace(/\.$/, ''));
  const why = because(details.join('; '));
  const step = context.steps.get(proof.stepId);
  const verdict = proof.met ? 'proven' : 'not proven';
  if (step !== undefined && definitionOf(step).deploys !== 'one-service') return `${step.title} ${verdict}${why}`;
  const { service } = context.state.declared;
  const now = afterText(proof.after, context.state);
  const found = proof.met ? `to ${now}` : `(now on ${now.replace(/ \((.*)\)$/, ', $1')})`;
  return `Rollback of ${service} from ${versionsText(proof.before)} ${found} ${verdict}${why}`;
}

type Known = Pick<IncidentState, 'choice' | 'releases'>;

/** A rollback makes a new release of an old image, which people know by its old number. */
export function afterText(after: readonly ImageFact[], known: Known): string {
  const versions = versionsText(after);
  const origins = after.map((fact) => originOf(fact, known));
  const [origin = null] = origins;
  return new Set(origins.map((each) => each?.version)).size !== 1 || origin === null || versions === releaseName(origin)
    ? versions
    : `${releaseName(origin)} (released again as ${versions})`;
}

/** The version that the image was chosen by, or else the newest listed older version with this image. */
function originOf({ version, image }: ImageFact, { choice, releases }: Known): NamedRelease | null {
  if (image === choice?.image) return choice;
  const older = (releases?.releases ?? []).filter((release) => release.image === image);
  return older.find((each) => version === null || each.version < version) ?? null;
}

const ASKED = {
  reads: 'the read-only commands',
  change: 'the change',
  proof: 'the check of the post-condition',
} as const;

/** What a person started, as part of a sentence: `the change of "Deploy its image"`. */
export const askedText = (what: PayloadOf<'act.asked'>['what'], title: string): string =>
  `${ASKED[what]} of "${title}"`;
