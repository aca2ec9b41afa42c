/** `rollbook run`: declares or resumes a live incident in the terminal. */
import { steerIfWritable } from '#core/incidents/steer-if-writable.ts';
import { resolve } from 'node:path';
import type { RunbookSummary } from '#shared/contract/calls.ts';
import { followUps, isOpen } from '#shared/incident/follow-ups.ts';
import { higherRow } from '#shared/incident/matrix-row.ts';
import { usualProbe } from '#shared/incident/symptom-probe.ts';
import { incidentOutcome, outcomeText } from '#shared/incident/incident-outcome.ts';
import { type ErrorCode, RollbookError } from '#shared/contract/result.ts';
import type { MatrixRow, Runbook } from '#shared/runbook/model.ts';
import type { OpenCore } from '#core/core.ts';
import type { Cores } from '#core/emergency/spare-core.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { coreOf, inStoreOrApart, type Tell } from '../emergency-store.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { listText } from './follow-ups.ts';
import { sayWaiting } from '../warnings.ts';
import { mustBeRunnable } from './trust.ts';
import { columns, print, type Terminal } from '../terminal.ts';
import { introduction } from '../wizard/introduction.ts';
import { type Prompt, prompt as openPrompt } from '../wizard/prompt.ts';
import { runWizard } from '../wizard/run-wizard.ts';

export interface RunOptions {
  readonly resume?: string;
  /** Number of the matrix row, from 1. */
  readonly row?: number;
  readonly service?: string;
  /** Minutes ago. */
  readonly detected: number;
  /** The address to ask until it is resolved; the health address of the service when left out, none when ''. */
  readonly probe?: string;
  /** The person has read this runbook and wants it run. */
  readonly trust?: boolean;
  /** The file was changed since it was reviewed: run what was reviewed. */
  readonly lastTrusted?: boolean;
  /** Why it is taken from the Rollbook that works on it; only with `resume`. */
  readonly takeOver?: string;
  readonly json: boolean;
}

/** The cores, and a function that prints trouble of the store. */
export interface Stores {
  readonly cores: Cores;
  readonly tell: Tell;
}

export async function run(
  terminal: Terminal,
  { cores, tell }: Stores,
  file: string | undefined,
  options: RunOptions,
): Promise<ExitCode> {
  if (options.takeOver !== undefined && (options.resume === undefined || options.takeOver.trim() === '')) {
    const advice = 'Write: rollbook run --resume ID --take-over "why".';
    throw new RollbookError('bad-arguments', '--take-over takes an open incident over, with a reason.', advice);
  }
  const talk = options.json ? { ...terminal, out: terminal.err } : terminal;
  // One reader for the whole conversation: lines that arrive early wait in it for their question.
  const prompt = openPrompt(talk);
  const answers: Answers = { row: options.row };
  try {
    const { resume } = options;
    const { core, value: incidentId } =
      resume === undefined
        ? await inStoreOrApart(cores, tell, (each) => declare({ terminal: talk, prompt, answers }, each, file, options))
        : { core: await coreOf(cores, tell, resume), value: resume };
    if (incidentId === null) return EXIT.failed;
    const apart = core === cores.spare.core ? core.services.store.folder : null;
    return await goThrough({ terminal, talk, prompt, apart }, core, incidentId, options);
  } finally {
    prompt.close();
  }
}

interface Talk {
  readonly terminal: Terminal;
  /** Where the conversation is printed: on stderr if stdout gets a JSON document. */
  readonly talk: Terminal;
  readonly prompt: Prompt;
  /** Folder of the spare store, if the incident is kept there. */
  readonly apart: string | null;
}

/** Answers that the person gave already, so that nothing is asked twice. */
interface Answers {
  /** Number of the matrix row, from 1. */
  row: number | undefined;
}

async function goThrough(
  { terminal, talk, prompt, apart }: Talk,
  core: OpenCore,
  incidentId: string,
  options: RunOptions,
): Promise<ExitCode> {
  const { incidents, operator } = core.services;
  const incident = await incidents.open(incidentId);
  const held = incidents.summary(incidentId).heldBy !== null;
  if (held && options.takeOver !== undefined) await incident.takeOver(options.takeOver, operator);
  else await steerIfWritable(incident);
  await runWizard(talk, incident, core.services, introduction(incident), prompt);
  const { eventLog, runbook } = incident.context;
  remind(terminal, options.json, incident);
  const outcome = incidentOutcome(eventLog.state, runbook);
  const result = { incidentId, outcome, resolved: eventLog.state.resolvedAt !== null, operator };
  const standing = result.resolved ? outcomeText(eventLog.state, runbook) : `open, so far ${outcome}`;
  print(
    terminal,
    options.json,
    apart === null ? result : { ...result, keptIn: apart },
    () =>
      `\nIncident ${incidentId}: ${standing}. ${apart === null ? `Report: rollbook export ${incidentId}` : keptText(incidentId, apart)}`,
  );
  if (sayWaiting(terminal, incidentId, incident.context.storageHealth.acts) || apart !== null) return EXIT.store;
  return outcome === 'verified' ? EXIT.ok : EXIT.failed;
}

/** Says in which folder an incident is kept that is not in the store, and which commands work for it. */
export const keptText = (incidentId: string, folder: string): string =>
  `It is kept in ${folder}, and put into the store by the next start of Rollbook that can write it. Then its report is: rollbook export ${incidentId}. Until then the window shows it: rollbook serve`;

/** Prints the open follow-ups. */
function remind(terminal: Terminal, json: boolean, { context }: OpenIncident): void {
  const now = context.eventLog.now();
  const due = followUps(context.eventLog.state, context.runbook, now);
  if (!due.some(isOpen)) return;
  const text = `\nFollow-ups (rollbook follow-ups ${context.incidentId}):\n${listText(due, now)}\n`;
  (json ? terminal.err : terminal.out)(text);
}

/** The file is gone, or is not a runbook any more. */
const NO_RUNBOOK: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  'unreadable-file',
  'not-text',
  'too-large',
  'bad-front-matter',
]);

/** The file as it is now; where it cannot be read and that is wanted, what was reviewed of it. */
async function importOrReviewed(
  terminal: Terminal,
  runbooks: OpenCore['services']['runbooks'],
  path: string,
  lastTrusted: boolean,
): Promise<RunbookSummary> {
  try {
    return await runbooks.importFile(path);
  } catch (thrown) {
    if (!lastTrusted || !(thrown instanceof RollbookError) || !NO_RUNBOOK.has(thrown.code)) throw thrown;
    const reviewed = runbooks.lastTrusted(path);
    if (reviewed === null) {
      const advice = 'Check the path; or put the file back and review it (rollbook trust FILE).';
      throw new RollbookError(thrown.code, `${thrown.message} No version of it was reviewed on this machine.`, advice);
    }
    terminal.err(`${thrown.message} What is run is the version that was reviewed.\n`);
    return reviewed;
  }
}

/** Answers the new incident's id, or null when the input ended before it was declared. */
async function declare(
  { terminal, prompt, answers }: Pick<Talk, 'terminal' | 'prompt'> & { readonly answers: Answers },
  core: OpenCore,
  file: string | undefined,
  options: RunOptions,
): Promise<string | null> {
  const { clock, newId, runbooks, incidents, operator } = core.services;
  const found =
    file === undefined
      ? bundledRunbook(runbooks.list())
      : await importOrReviewed(terminal, runbooks, resolve(terminal.cwd, file), options.lastTrusted === true);
  const summary =
    options.lastTrusted === true && found.changedFrom !== null ? runbooks.summary(found.changedFrom) : found;
  const { model } = await runbooks.open(summary.hash);
  mustBeRunnable(model, file ?? summary.title);
  if (!summary.trusted && options.trust === true) await runbooks.trust(summary.hash, operator);
  else if (!summary.trusted) {
    const advice =
      summary.changedFrom === null
        ? `Read it (rollbook show ${file}), then run it with --trust.`
        : `See what changed (rollbook trust ${file} --show), then run it with --trust; or run what was reviewed with --last-trusted.`;
    const what =
      summary.changedFrom === null
        ? 'was not reviewed on this machine yet'
        : 'changed since it was reviewed on this machine';
    throw new RollbookError('untrusted', `${summary.title} ${what}.`, advice);
  }
  const row = await chooseRow(terminal, prompt, model, answers.row);
  if (row === null) return null;
  answers.row = model.matrix.rows.indexOf(row) + 1;
  const service = options.service ?? model.settings.services[0]?.id;
  if (service === undefined) {
    throw new RollbookError(
      'bad-arguments',
      `${summary.title} declares no services.`,
      'Add `services:` to its front matter.',
    );
  }
  return await incidents.declare(
    {
      intentId: newId(),
      runbook: summary.hash,
      severity: row.severity,
      rowLine: row.line,
      title: row.condition,
      symptom: row.condition,
      service,
      detectedAt: clock.now() - options.detected * 60_000,
      probe: options.probe ?? usualProbe(model, service),
    },
    operator,
  );
}

/** Code: `internal` when it is not there. */
export function bundledRunbook(list: readonly RunbookSummary[]): RunbookSummary {
  const summary = list.find((runbook) => runbook.bundled);
  if (summary === undefined)
    throw new RollbookError('internal', 'The bundled runbook is not stored.', 'Install Rollbook again.');
  return summary;
}

async function chooseRow(
  terminal: Terminal,
  prompt: Prompt,
  { matrix }: Runbook,
  number: number | undefined,
): Promise<MatrixRow | null> {
  if (matrix.rows.length === 0) {
    const advice = 'Add a table with the columns Severity, Condition, Action and Timeframe.';
    throw new RollbookError(
      'bad-arguments',
      'The runbook has no decision matrix, so there is no row to choose.',
      advice,
    );
  }
  const known = `It has the rows 1 to ${matrix.rows.length}.`;
  if (number !== undefined) {
    const row = matrix.rows[number - 1];
    if (row === undefined) throw new RollbookError('bad-arguments', `The matrix has no row ${number}.`, known);
    return row;
  }
  const rows = matrix.rows.map((row, index) => [
    `  ${index + 1}.`,
    row.severity,
    row.condition,
    row.target.text,
    row.action,
  ]);
  terminal.out(`What happened? In doubt take the higher one: 5+ is the row above the 5th.\n${columns(rows)}\n`);
  for (;;) {
    const typed = await prompt.ask('Number: ');
    if (typed === null) return null;
    const row = matrix.rows[Number(typed.replace(/\+$/, '')) - 1];
    if (row !== undefined) {
      const chosen = typed.endsWith('+') ? (higherRow(matrix.rows, row) ?? row) : row;
      terminal.out(`${chosen.severity}: ${chosen.condition}, target ${chosen.target.text}.\n`);
      return chosen;
    }
    terminal.out(`${known}\n`);
  }
}
