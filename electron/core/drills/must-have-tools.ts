/** A drill with real tools is not declared where one of its tools is missing: it could only be left open. */
import { RollbookError } from '#shared/contract/result.ts';
import type { Procedure } from '#shared/runbook/model.ts';
import { programsOf } from '#shared/check/programs.ts';
import type { ToolLocator } from '#core/ports.ts';
import { installAdvice } from '#core/check/missing-programs.ts';

/** Code: `tool-missing`, which names each. */
export async function mustHaveTools(procedure: Procedure | undefined, tools: ToolLocator): Promise<void> {
  if (procedure === undefined) return;
  const missing: string[] = [];
  for (const { tool } of programsOf({ procedures: [procedure], otherCommands: [] })) {
    const found = (await tools.locate(tool)) ?? (tool === 'fly' ? await tools.locate('flyctl') : null);
    if (found === null) missing.push(tool);
  }
  if (missing.length === 0) return;
  throw new RollbookError(
    'tool-missing',
    `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not on PATH here, so "${procedure.title}" cannot be drilled with real tools. Nothing was declared.`,
    `${missing.map((tool) => installAdvice(tool)).join(' ')} Or drill with simulated tools: rollbook drill --list.`,
  );
}
