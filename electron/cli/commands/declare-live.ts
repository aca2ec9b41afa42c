/** Declares a live incident in the terminal: reads the runbook, asks for the row of the matrix, and looks for its tools. */
import { resolve } from 'node:path';
import type { RunbookSummary } from '#shared/api/calls.ts';
import { type ErrorCode, RollbookError } from '#shared/api/result.ts';
import { higherRow } from '#shared/incident/matrix-row.ts';
import { usualProbe } from '#shared/incident/symptom-probe.ts';
import type { MatrixRow, Runbook } from '#shared/runbook/model.ts';
import { mustKnowService } from '#shared/runbook/services.ts';
import { installAdvice, missingTools, notOnPath } from '#core/runbook-check/missing-programs.ts';
import type { OpenCore } from '#core/core.ts';
import { columns, type Terminal } from '../terminal.ts';
import type { Prompt } from '../wizard/prompt.ts';
import { mustBeRunnable } from './trust.ts';

export interface DeclareOptions {
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
}

/** Answers that the person gave already, so that nothing is asked twice. */
export interface Answers {
  /** Number of the matrix row, from 1. */
  row: number | undefined;
  /** Declares although tools of the procedure are missing. */
  withoutTools?: boolean;
  /** The service, where the runbook declares none; '' for none. */
  service?: string;
  /** What is said in place of a row, where the runbook has no decision matrix. */
  trouble?: Trouble;
}

/** The severity and the symptom of an incident whose runbook has no decision matrix. */
export type Trouble = Pick<MatrixRow, 'severity' | 'condition'>;

interface Declaring {
  readonly terminal: Terminal;
  readonly prompt: Prompt;
  readonly answers: Answers;
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

/**
 * Answers the new incident's id, or null when the input ended before it was declared. Codes: `untrusted`, `tool-missing`,
 * `bad-arguments`, and those of reading a runbook.
 */
export async function declareLive(
  { terminal, prompt, answers }: Declaring,
  core: OpenCore,
  file: string | undefined,
  options: DeclareOptions,
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
  const declaring = { terminal, prompt, answers };
  const row = model.matrix.rows.length === 0 ? null : await chooseRow(terminal, prompt, model, answers.row);
  if (row !== null) answers.row = model.matrix.rows.indexOf(row) + 1;
  const trouble = row ?? (model.matrix.rows.length === 0 ? await askTrouble(declaring) : null);
  if (trouble === null) return null;
  const named = options.service ?? model.settings.services[0]?.id ?? (await askService(prompt, answers));
  const service = mustKnowService(model, named);
  if (row !== null) await mustHaveToolsOrConsent(declaring, core, model, row);
  return await incidents.declare(
    {
      intentId: newId(),
      runbook: summary.hash,
      severity: trouble.severity,
      rowLine: row?.line ?? null,
      title: trouble.condition.slice(0, 200),
      symptom: trouble.condition,
      service,
      detectedAt: clock.now() - options.detected * 60_000,
      probe: options.probe ?? usualProbe(model, service),
    },
    operator,
  );
}

/** Says which tools of the row's procedure are missing, and declares only if the person wants to run them elsewhere. */
async function mustHaveToolsOrConsent(
  { terminal, prompt, answers }: Declaring,
  core: OpenCore,
  { procedures }: Runbook,
  row: MatrixRow,
): Promise<void> {
  if (answers.withoutTools === true) return;
  const procedure = procedures.find(({ id }) => id === row.procedures[0]);
  const missing = await missingTools(procedure, core.services.tools);
  if (procedure === undefined || missing.length === 0) return;
  const what = `${notOnPath(missing)}, so "${procedure.title}" can be run here only by hand.`;
  const advice = missing.map((tool) => installAdvice(tool)).join(' ');
  terminal.out(`${what}\n  ${advice}\n`);
  const typed = await prompt.ask('Declare it all the same, and run its commands elsewhere? Type "yes": ');
  answers.withoutTools = typed?.toLowerCase() === 'yes';
  if (answers.withoutTools) return;
  throw new RollbookError('tool-missing', `${what} Nothing was declared.`, advice);
}

/** Code: `internal` when it is not there. */
export function bundledRunbook(list: readonly RunbookSummary[]): RunbookSummary {
  const summary = list.find((runbook) => runbook.bundled);
  if (summary === undefined)
    throw new RollbookError('internal', 'The bundled runbook is not stored.', 'Install Rollbook again.');
  return summary;
}

/** Any name, or none: the runbook declares no services. */
async function askService(prompt: Prompt, answers: Answers): Promise<string> {
  answers.service ??= (await prompt.ask('Which service (its name in commands; Enter: none)? ')) ?? '';
  return answers.service;
}

/** Severity and symptom, where there is no row to choose. Code: `bad-arguments` for the number of a row. */
async function askTrouble({ terminal, prompt, answers }: Declaring): Promise<Trouble | null> {
  if (answers.row !== undefined) {
    const advice = 'Leave out --row: severity and symptom are asked for.';
    throw new RollbookError('bad-arguments', 'The runbook has no decision matrix, so it has no such row.', advice);
  }
  if (answers.trouble !== undefined) return answers.trouble;
  terminal.out('The runbook has no decision matrix.\n');
  for (;;) {
    const severity = await prompt.ask('Severity (P0 to P3): ');
    if (severity === null) return null;
    const found = SEVERITIES.find((each) => each === severity.trim().toUpperCase());
    if (found === undefined) continue;
    const symptom = await prompt.ask('What is wrong, as users see it? ');
    if (symptom === null) return null;
    if (symptom.trim() === '') continue;
    answers.trouble = { severity: found, condition: symptom.trim().slice(0, 200) };
    return answers.trouble;
  }
}

const SEVERITIES = ['P0', 'P1', 'P2', 'P3'] as const;

async function chooseRow(
  terminal: Terminal,
  prompt: Prompt,
  { matrix }: Runbook,
  number: number | undefined,
): Promise<MatrixRow | null> {
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
