/** The commands that were run, the versions before and after, and the command that undoes the rollback. */
import { undoText } from '#shared/incident/variables.ts';
import { staysText } from '#shared/platforms/unchanged-by-rollback.ts';
import { platformOf } from '#shared/runbook/services.ts';
import { releaseName } from '#shared/platforms/release-name.ts';
import type { RootContent } from 'mdast';
import type { ImageFact } from '#shared/incident/topics/event-parts.ts';
import type { IncidentEvent, PayloadOf } from '#shared/incident/event.ts';
import type { RunState, ServiceState } from '#shared/incident/state.ts';
import { afterText, exitText, succeeded, titleOf, versionsText } from '#shared/incident/timeline-words.ts';
import { brief, fence, heading, type Inline, literal, paragraph, table } from './nodes.ts';
import { eventsOf, type ReportSource } from './source.ts';
import { durationOrNone } from './times.ts';
import type { Step } from '#shared/runbook/model.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import { definitionOf } from '#shared/steps/registry.ts';

export const runsOf = ({ state }: ReportSource): readonly RunState[] => [...state.runs.values()];

export const whatWasRun = (source: ReportSource): readonly RootContent[] => [
  heading(3, 'What was run'),
  paragraph('Commands are redacted. Exit code 0 alone proves nothing: the outcome is that of the step.'),
  table(
    ['No.', 'Started (UTC)', 'Command', 'Effect', 'Exit', 'Duration', 'Step', 'Outcome'],
    runsOf(source).map((run, index): Inline[] => [
      String(index + 1),
      run.byHand ? `${source.time(run.intendedAt)} (manual)` : source.time(run.startedAt ?? run.intendedAt),
      literal(run.shown),
      run.effect,
      brief(run.exit === null ? 'still running' : `${exitText(run.exit)}${run.byHand ? ' as reported, by hand' : ''}`),
      durationOrNone(run.durationMs),
      brief(titleOf(run.stepId, source.context)),
      outcomeOfRun(source, run),
    ]),
    'Nothing was run.',
  ),
  ...explanations(source),
];

/**
 * The outcome of the step after this run, or of the service it was for. A later success does not count for an earlier failed try or an earlier change;
 * a reading that succeeded keeps the outcome even when it was repeated.
 */
export function outcomeOfRun(source: ReportSource, run: RunState): string {
  const { runId, stepId, commandId, effect } = run;
  const began = source.events.findIndex((event) => isRun(event, runId));
  for (const event of source.events.slice(began + 1)) {
    if (event.kind === 'step.ended' && event.payload?.stepId === stepId) return event.payload.outcome;
    if (event.kind === 'service.ended' && isFor(run, event.payload)) return event.payload?.outcome ?? 'open';
    const again = event.kind === 'run.intended' || event.kind === 'run.by-hand' ? event.payload : null;
    if (again?.stepId !== stepId || again.commandId !== commandId) continue;
    if (hasFailed(run)) return 'tried again';
    if (effect === 'change') return 'run again';
  }
  return 'open';
}

/** Whether a reader needs to see what it printed: a change, a failure, or what a person pasted. */
export const runMatters = (run: RunState): boolean =>
  run.effect === 'change' || run.byHand || hasFailed(run) || run.explanation !== null;

const hasFailed = ({ exit, rules }: RunState): boolean =>
  (exit !== null && !succeeded(exit)) || rules?.kind === 'broken';

/** Of several services each has its own outcome; its commands name it. */
const isFor = ({ stepId, shown }: RunState, ended: PayloadOf<'service.ended'> | null): boolean =>
  ended?.stepId === stepId && shown.split(/\s+/).includes(ended.service);

const isRun = (event: IncidentEvent, runId: string): boolean =>
  (event.kind === 'run.intended' || event.kind === 'run.by-hand') && event.payload?.runId === runId;

const explanations = (source: ReportSource): readonly RootContent[] =>
  runsOf(source).flatMap((run, index) =>
    run.explanation === null
      ? []
      : [paragraph(`Run ${index + 1}: ${run.explanation.sentence} ${run.explanation.next} (${run.explanation.code})`)],
  );

/** Whether a step's proof is about the version of the one service: not for database steps, nor for several services. */
function isDeploy(source: ReportSource, stepId: string): boolean {
  const step = source.context.steps.get(stepId);
  if (step === undefined) return true;
  const { needsDatabase, deploys } = definitionOf(step);
  return needsDatabase !== true && deploys !== 'several-services';
}

/** Nothing where no release was put back. */
export function versions(source: ReportSource): readonly RootContent[] {
  const rows = [
    ...eventsOf(source, 'proof.evaluated')
      .filter(({ payload }) => isDeploy(source, payload.stepId) && payload.before.length + payload.after.length > 0)
      .map(({ at, payload }): Inline[] => [
        source.time(at),
        source.state.declared.service,
        images(payload.before),
        images(payload.after),
        payload.met ? 'yes' : 'no',
      ]),
    ...serviceVersions(source),
  ];
  if (rows.length === 0) return [];
  return [
    heading(3, 'Images before and after'),
    table(['Checked (UTC)', 'Service', 'Before', 'After', 'Proven'], rows, ''),
  ];
}

const serviceVersions = (source: ReportSource): readonly Inline[][] =>
  eventsOf(source, 'service.ended').map(({ at, payload }): Inline[] => [
    source.time(at),
    payload.service,
    images(payload.before),
    images(payload.after),
    payload.outcome === 'verified' ? 'yes' : payload.outcome,
  ]);

const images = (facts: readonly ImageFact[]): string =>
  facts.length === 0
    ? 'unknown'
    : [
        ...new Set(
          facts.map(({ version, label, image, digest }) =>
            [label ?? (version === null ? '' : releaseName({ version })), image, digest ?? ''].join(' '),
          ),
        ),
      ].join(', ');

/** `v10 → v9 (released again as v11)`, from the last proof; null without one. */
export function versionPath(source: ReportSource): string | null {
  const last = eventsOf(source, 'proof.evaluated').findLast(
    ({ payload }) => isDeploy(source, payload.stepId) && payload.before.length + payload.after.length > 0,
  )?.payload;
  return last === undefined
    ? null
    : `${versionsText(last.before)} → ${afterText(last.after, source.state)}${last.met ? '' : ', not proven'}`;
}

/** The commands that undo the rollback, by service; none when nothing was deployed or the previous image is unknown. */
export function undoCommands(source: ReportSource): readonly { readonly service: string; readonly command: string }[] {
  const { choice, system, declared } = source.state;
  const services = Object.entries(system).filter(([, each]) => each.ended !== null);
  if (services.length > 0)
    return services.flatMap(([service, { choice: chosen }]) =>
      chosen === null || chosen.from.image === ''
        ? []
        : [{ service, command: undoCommand(source, stepOf(source, 'several-services'), chosen, service) }],
    );
  const run = deployOf(source);
  if (choice === null || choice.from.image === '' || run === undefined) return [];
  return [
    { service: declared.service, command: undoCommand(source, stepOfRun(source, run), choice, declared.service) },
  ];
}

const deployOf = (source: ReportSource): RunState | undefined =>
  runsOf(source).findLast(({ effect, stepId }) => {
    const step = source.context.steps.get(stepId);
    return effect === 'change' && step !== undefined && definitionOf(step).deploys === 'one-service';
  });

export function undo(source: ReportSource): readonly RootContent[] {
  const { choice } = source.state;
  const services = Object.entries(source.state.system).filter(([, each]) => each.ended !== null);
  if (services.length > 0) return [heading(3, 'Undo'), ...services.flatMap((each) => undoOfService(source, each))];
  if (source.state.database.choice !== null) {
    return [
      heading(3, 'Undo'),
      paragraph(
        'The migration is applied again by the next push, or by hand; rows come back only from the dump or a backup (see Database).',
      ),
    ];
  }
  if (choice === null)
    return [heading(3, 'Undo'), paragraph('No release was put in place, so there is nothing to undo.')];
  const started = deployOf(source);
  if (started === undefined)
    return [heading(3, 'Undo'), paragraph('No deploy was started, so there is nothing to undo.')];
  if (choice.from.image === '') return [heading(3, 'Undo'), paragraph('The image that ran before is not known.')];
  return [
    heading(3, 'Undo'),
    paragraph(`Puts ${versionsText([choice.from])} back. Run it in an empty folder${leftAlone(source)}`),
    fence('sh', undoCommand(source, stepOfRun(source, started), choice, source.state.declared.service)),
  ];
}

function undoOfService(
  source: ReportSource,
  [service, { choice }]: readonly [string, ServiceState],
): readonly RootContent[] {
  if (choice === null || choice.from.image === '')
    return [paragraph(`${service}: the image that ran before is not known.`)];
  return [
    paragraph(`Puts ${versionsText([choice.from])} of ${service} back, in an empty folder:`),
    fence('sh', undoCommand(source, stepOf(source, 'several-services'), choice, service)),
  ];
}

function leftAlone({ runbook, state }: ReportSource): string {
  const { service } = state.declared;
  return platformOf(runbook, service) === 'generic'
    ? `. ${staysText(runbook, service)}`
    : '; config, secrets and schema stay as they are.';
}

type Choice = NonNullable<ReportSource['state']['choice']>;

/**
 * As the undo card showed it before the change. Where the runbook's command does not name the image, a `fly deploy` with the flags Rollbook
 * deploys with (flyctl v0.4.87 `fly deploy --help`, product rule 3).
 */
function undoCommand(source: ReportSource, step: Step | undefined, choice: Choice, service: string): string {
  const shown = step === undefined ? null : undoText(step, source.state, source.runbook, choice, service);
  const words = ['fly', 'deploy', '--image', choice.from.image, '--app', service].map((word) => shellQuote([word]));
  if (shown !== null && (platformOf(source.runbook, service) === 'generic' || shown.includes(choice.from.image)))
    return shown;
  return [...words, '--remote-only', '--skip-release-command', '--dns-checks=false', '--yes'].join(' ');
}

const stepOfRun = ({ context }: ReportSource, { stepId }: RunState): Step | undefined => context.steps.get(stepId);

const stepOf = ({ context }: ReportSource, deploys: 'several-services'): Step | undefined =>
  [...context.steps.values()].find((step) => definitionOf(step).deploys === deploys);
