/** Declares a live incident in the terminal: asks for the row of the matrix, and looks for its tools. */
import { RollbookError } from '#shared/api/result.ts';
import { declarationOf } from '#shared/incident/declaration.ts';
import { higherRow } from '#shared/incident/matrix-row.ts';
import type { MatrixRow, Runbook } from '#shared/runbook/model.ts';
import { mustKnowService } from '#shared/runbook/services.ts';
import { missingTools } from '#core/runbook-check/missing-programs.ts';
import type { OpenCore } from '#core/core.ts';
import { columns, type Terminal } from '../terminal.ts';
import type { Prompt } from '../wizard/prompt.ts';
import { chosenRunbook, type RunbookOptions } from './chosen-runbook.ts';
import { asTypedHere } from '../invocation.ts';

export interface DeclareOptions extends RunbookOptions {
  /** Number of the matrix row, from 1. */
  readonly row?: number;
  readonly service?: string;
  /** Minutes ago. */
  readonly detected: number;
  /** The address to ask until it is resolved; the health address of the service when left out, none when ''. */
  readonly probe?: string;
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
  const { clock, newId, incidents, operator } = core.services;
  const { summary, model } = await chosenRunbook(terminal, core.services, file, options);
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
      ...declarationOf(model, {
        matched: trouble,
        service,
        detectedAt: clock.now() - options.detected * 60_000,
        probe: options.probe,
      }),
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
  if (procedure === undefined || missing === null) return;
  const { advice } = missing;
  const what = `${missing.what}, so "${procedure.title}" can be run here only by hand.`;
  terminal.out(`${what}\n  ${asTypedHere(advice)}\n`);
  const typed = await prompt.ask('Declare it all the same, and run its commands elsewhere? Type "yes": ');
  answers.withoutTools = typed?.toLowerCase() === 'yes';
  if (answers.withoutTools) return;
  throw new RollbookError('tool-missing', `${what} Nothing was declared.`, advice);
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
