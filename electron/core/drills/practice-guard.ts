/** Guards of drills with real tools: every target ends in -test, and every tool is installed. */
import { PRACTICE, practiceProblem, type PracticeCommand } from '#shared/drills/practice-target.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { Procedure } from '#shared/runbook/model.ts';
import type { ToolLocator } from '#core/ports.ts';
import { missingTools } from '#core/runbook-check/missing-programs.ts';

/** Checked before each command. Live incidents and drills with simulated tools pass. Code: `not-allowed`. */
export function mustBePractice(declared: PayloadOf<'incident.declared'>, command: PracticeCommand): void {
  if (declared.kind !== 'drill' || declared.adapter !== 'real') return;
  const why = practiceProblem(command);
  if (why === null) return;
  throw new RollbookError(
    'not-allowed',
    `A drill with real tools touches only what ends in -test, and this command does not: ${why}.`,
    'Nothing was run. Give it a target that ends in -test, or practise it with simulated tools.',
  );
}

/** Code: `bad-arguments`. */
export function mustBePracticeService(service: string): void {
  if (PRACTICE.test(service)) return;
  throw new RollbookError(
    'bad-arguments',
    `A drill with real tools runs only on apps that end in -test, and ${service} does not.`,
    `Name ${service}-test, or run the drill with simulated tools.`,
  );
}

/** Checked before the drill is declared: with a tool missing it could only be left open. Code: `tool-missing`, which names each. */
export async function mustHaveTools(procedure: Procedure | undefined, tools: ToolLocator): Promise<void> {
  if (procedure === undefined) return;
  const missing = await missingTools(procedure, tools);
  if (missing === null) return;
  throw new RollbookError(
    'tool-missing',
    `${missing.what}, so "${procedure.title}" cannot be drilled with real tools. Nothing was declared.`,
    `${missing.advice} Or drill with simulated tools: rollbook drill --list.`,
  );
}
