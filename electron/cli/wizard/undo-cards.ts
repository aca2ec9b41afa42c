/** The card that the terminal prints before a change: what it does, what stays as it is, and the way back. */
import { releaseName } from '#shared/platforms/release-name.ts';
import { fastStop } from '#shared/platforms/fly/fast-stop.ts';
import { allSteps } from '#shared/incident/branches.ts';
import { changesBetween, changesLines } from '#shared/incident/changes-between.ts';
import { changeCard, proofText, targetOf } from '#shared/incident/change-card.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import { durationText } from '#shared/words/duration.ts';
import { undoText } from '#shared/incident/variables.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { stopProcedure } from '#shared/incident/service-down.ts';
import { servicesOf, serviceState } from '#shared/incident/services.ts';
import { staysText } from '#shared/platforms/unchanged-by-rollback.ts';
import { platformOf } from '#shared/runbook/services.ts';
import { targetText } from '#shared/platforms/postgres/target.ts';
import type { Step } from '#shared/runbook/model.ts';
import type { StepKind } from '#shared/steps/kinds.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';

/** '' for a step whose kind has no card, and before there is anything to show. */
export function undoCard(incident: OpenIncident, stepId: string | null): string {
  const step = allSteps(incident.context.runbook).find(({ id }) => id === stepId);
  return step === undefined ? '' : (CARDS[step.kind]?.(incident, step) ?? '');
}

function releaseCard(incident: OpenIncident, step: Step): string {
  const { runbook, eventLog } = incident.context;
  const { choice, declared } = eventLog.state;
  if (choice === null) return '';
  const from =
    choice.from.label ??
    (choice.from.version === null ? 'the running image' : releaseName({ version: choice.from.version }));
  return [
    `  ${declared.service}: ${from} -> ${releaseName(choice)} (${choice.image})`,
    `  ${staysText(runbook, declared.service)} Taken back:`,
    ...takenBackLines(incident, declared.service),
    `  Undo: ${undoText(step, eventLog.state, runbook, choice) ?? UNKNOWN}`,
    '',
  ].join('\n');
}

/** A change that the runbook writes itself. */
function ownChangeCard({ context }: OpenIncident, step: Step): string {
  const card = changeCard(context.eventLog.state, context.runbook, step);
  if (card === null) return '';
  const lines = [
    `Runs: ${visibleCommand(card.command)}`,
    `Target: ${targetOf(card)}`,
    `Undo: ${card.undo === null ? card.noUndo : visibleCommand(card.undo)}`,
    `Proof: ${proofText(card.proof)}`,
  ];
  return `${lines.map((line) => `  ${line}`).join('\n')}\n`;
}

const UNKNOWN = 'the image that ran before is not known.';

/** What changed between the two releases, as far as it is known. */
function takenBackLines({ context }: OpenIncident, service: string): readonly string[] {
  const changes = changesBetween(context.eventLog.state, service);
  return changes === null ? [] : changesLines(changes).map((line) => `    ${line}`);
}

function systemCard(incident: OpenIncident, step: Step): string {
  const { context } = incident;
  const { state } = context.eventLog;
  const lines = servicesOf(step, context.runbook).map((service) => {
    const { choice, leftOut, ended } = serviceState(state, service);
    if (choice === null) return `  ${service}: stays as it is (${leftOut ?? 'nothing chosen'})`;
    const from =
      choice.from.label ??
      (choice.from.version === null ? 'the running image' : releaseName({ version: choice.from.version }));
    const undo = undoText(step, state, context.runbook, choice, service) ?? UNKNOWN;
    const back = takenBackLines(incident, service).map((line) => `\n${line}`);
    return `  ${service}: ${from} -> ${releaseName(choice)}${ended === null ? '' : `, ${ended.outcome}`}${back.join('')}\n    Undo: ${undo}`;
  });
  const stays = new Set(servicesOf(step, context.runbook).map((service) => staysText(context.runbook, service)));
  return [...lines, ...[...stays].map((text) => `  ${text}`), ''].join('\n');
}

/** The quicker way, for when every second of service does harm. */
function stopCard({ context }: OpenIncident): string {
  const procedure = stopProcedure(context.runbook);
  if (procedure !== null) return `  Quicker: "other", then "${procedure.title}".\n`;
  const { service } = context.eventLog.state.declared;
  if (platformOf(context.runbook, service) !== 'fly') return '';
  const { stop } = fastStop(service);
  const lines = stop.map((command) => `    ${command}\n`).join('');
  return `  Quicker, by hand: stop all machines (nothing is destroyed), then say so with /note.\n${lines}`;
}

const STOP_CARD = [
  '  Nobody is served then. Disks, releases, config and secrets stay; no machine is destroyed.',
  '  The machines are read, cordoned and stopped by their ids; the list and the public address prove it.',
  '  Undo: the step that starts them again; it stays owed until that is proven.',
  '',
].join('\n');

const START_CARD = '  The machines that ran before are uncordoned and started; those that stood then are left alone.\n';

const MAINTENANCE_CARD = [
  '  Users are locked out. The secret is set, every machine restarted and waited for: nothing has to be restarted.',
  '  It makes a new release with the image that runs now.',
  '  Undo: the step that switches maintenance mode off; it stays owed until that is proven.',
  '',
].join('\n');

/** '' before a migration is chosen and the database is identified. */
function sqlCard({ database: { choice, identified, dump } }: IncidentState): string {
  if (choice === null || identified === null) return '';
  const { affected, gone, exists } = choice.sql;
  const since = choice.at === null ? 'the migration' : minuteUtc(choice.at);
  return [
    `  ${targetText(identified.target)}: migration ${choice.version} ${choice.name} is undone by ${choice.file}`,
    `  MAY BE LOST: whatever was written to ${affected.join(', ')} since ${since}`,
    `  Gone afterwards: ${gone.join(', ') || 'no table'}; there afterwards: ${exists.join(', ') || 'not said'}`,
    `  Dump: ${dump === null ? 'left out' : dump.path}. ${choice.backup.why}`,
    '  File and history row go in one transaction: all of it or nothing.',
    '',
  ].join('\n');
}

/** '' before a moment is chosen. */
function restoreCard({ branches: { restoreTo } }: IncidentState): string {
  if (restoreTo === null) return '';
  const { project, to, lossMs, approval, reason } = restoreTo;
  const agreed =
    approval === null
      ? `Without approval: ${reason}`
      : `Approved by ${approval.who} (${approval.role}, ${approval.how}): "${approval.words}"`;
  return [
    `  ${project}: now -> ${minuteUtc(to)}`,
    `  LOST: everything written in the ${durationText(lossMs)} before the choice, and since. There is no way back.`,
    '  The project is down until it is restored.',
    `  ${agreed}`,
    '  Proven when the project is up again and a query answers.',
    '',
  ].join('\n');
}

const minuteUtc = (at: number): string => `${new Date(at).toISOString().slice(0, 16).replace('T', ' ')} UTC`;

type Card = (incident: OpenIncident, step: Step) => string;

/** A kind that changes nothing, or only runs commands as the runbook has them, has no card. */
const CARDS: Readonly<Partial<Record<StepKind, Card>>> = {
  task: ownChangeCard,
  'restart-service': ownChangeCard,
  'deploy-release': releaseCard,
  'maintenance-on': (incident) => MAINTENANCE_CARD + stopCard(incident),
  'stop-machines': () => STOP_CARD,
  'start-machines': () => START_CARD,
  'deploy-releases': systemCard,
  'run-rollback-sql': ({ context }) => sqlCard(context.eventLog.state),
  'restore-database': ({ context }) => restoreCard(context.eventLog.state),
};
