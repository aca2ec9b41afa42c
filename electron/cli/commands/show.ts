/** `rollbook show FILE`: what the parser makes of a runbook. */
import { resolve } from 'node:path';
import type { Runbook } from '#shared/runbook/model.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { count } from '#shared/words/count.ts';
import { reviewOverdueText } from '#shared/truth/review-standing.ts';
import { readRunbookFile } from '#core/runbooks/shelf.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { columns, print, type Terminal } from '../terminal.ts';

export function show(terminal: Terminal, file: string, json: boolean): ExitCode {
  const path = resolve(terminal.cwd, file);
  const { model, source } = parseRunbook(readRunbookFile(path), file);
  const overdue = reviewOverdueText(model, source, Date.now());
  print(terminal, json, model, (shown) => (overdue === null ? describe(shown) : `${describe(shown)}\n\n${overdue}`));
  return EXIT.ok;
}

function describe(model: Runbook): string {
  const matrix = model.matrix.rows.map((row) => [`  ${row.severity}`, row.condition, row.target.text, row.action]);
  const procedures = model.procedures.flatMap((procedure) => [
    `\n${procedure.title}  (${procedure.id}, line ${procedure.line})`,
    ...procedure.steps.map(
      ({ number, title, commands, checks }) => `  ${number}. ${title}${counts(commands.length, checks.length)}`,
    ),
  ]);
  const gaps = model.gaps.map((gap) => `  line ${gap.line}: ${gap.message}\n    ${gap.advice}`);
  return [
    model.title,
    matrix.length > 0 ? `\nDecision matrix\n${columns(matrix)}` : '\nNo decision matrix was found.',
    ...procedures,
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
