/** `rollbook show FILE`: what the parser makes of a runbook. */
import { statSync } from 'node:fs';
import { resolve } from 'node:path';
import { type LastProven, provenText } from '#shared/drills/last-proven.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { serviceCommands } from '#shared/runbook/services.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import { count } from '#shared/words/count.ts';
import { reviewOverdueText } from '#shared/runbook-check/rules/review-overdue.ts';
import { provenHere } from '#core/drills/proven-here.ts';
import { dataFolder } from '#core/this-machine.ts';
import { systemClock } from '#core/system-ports.ts';
import { readRunbookFile } from '#core/runbooks/read-runbook-file.ts';
import { sha256 } from '#core/store/sha256.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { columns, printExact, type Terminal } from '../terminal.ts';
import { showFolder } from './show-folder.ts';

export async function show(terminal: Terminal, file: string, json: boolean): Promise<ExitCode> {
  const path = resolve(terminal.cwd, file);
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory() === true) return showFolder(terminal, path, json);
  const raw = readRunbookFile(path);
  const { model, source } = await inThread('parse', { raw, name: file }, file);
  const now = systemClock().now();
  const overdue = reviewOverdueText(model, source, now);
  const here = await provenHere(model, { hash: sha256(raw), name: path }, dataFolder(process.env));
  const proven = 'why' in here ? null : here.proven;
  printExact(terminal, json, { ...model, lastProven: proven }, (shown) => {
    const unread = 'why' in here ? `When each procedure was last proven is not known: ${here.why}` : null;
    return [describe(shown, proven, now), unread, overdue].filter((part) => part !== null).join('\n\n');
  });
  return EXIT.ok;
}

function describe(model: Runbook, proven: readonly LastProven[] | null, now: number): string {
  const matrix = model.matrix.rows.map((row) => [`  ${row.severity}`, row.condition, row.target.text, row.action]);
  const procedures = model.procedures.flatMap((procedure) => [
    `\n${procedure.title}  (${procedure.id}, line ${procedure.line})`,
    ...(proven ?? [])
      .filter(({ procedureId }) => procedureId === procedure.id)
      .map((each) => `  ${provenText(each, now)}`),
    ...procedure.steps.map(
      ({ number, title, commands, checks }) => `  ${number}. ${title}${counts(commands.length, checks.length)}`,
    ),
  ]);
  const gaps = model.gaps.map((gap) => `  line ${gap.line}: ${gap.message}\n    ${gap.advice}`);
  return [
    model.title,
    matrix.length > 0 ? `\nDecision matrix\n${columns(matrix)}` : '\nNo decision matrix was found.',
    ...procedures,
    ...serviceLines(model),
    `\n${count(model.checklists.length, 'checklist')}, ${count(model.messages.length, 'message')}, ${count(model.sections.length, 'section')}`,
    gaps.length > 0 ? `\nGaps\n${gaps.join('\n')}` : '\nNo gaps.',
  ].join('\n');
}

function counts(commands: number, checks: number): string {
  const parts = [commands > 0 ? count(commands, 'command') : '', checks > 0 ? count(checks, 'check') : ''].filter(
    Boolean,
  );
  return parts.length > 0 ? `  [${parts.join(', ')}]` : '';
}

/** The commands that the front matter declares for services, which a reviewer has to see. */
function serviceLines({ settings }: Runbook): readonly string[] {
  const declared = serviceCommands(settings);
  if (declared.length === 0) return [];
  return [
    '\nDeclared for services (run to list, see and prove releases)',
    ...declared.map(({ service, text }) => `  ${service}: ${visibleCommand(text)}`),
  ];
}
