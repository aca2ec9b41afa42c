/** Runs the supabase CLI on one project. */
import { RollbookError } from '#shared/api/result.ts';
import { isIntended, printedTarget } from '#shared/platforms/supabase/target.ts';
import type { Command, Step } from '#shared/runbook/model.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import type { Runnable } from '#core/engine/prepare-run.ts';
import { type Ran, runCommand } from '#core/engine/run-command.ts';

export interface SupabaseCall {
  /** Names the run within its step. */
  readonly name: string;
  readonly args: readonly string[];
  /** The project it must work on; null: it belongs to the account, not to a project. */
  readonly project: string | null;
  /** The runbook's command that this call carries out; absent: it only reads. */
  readonly change?: Pick<Command, 'id' | 'usualMs'> | null;
}

/** Runs supabase to its end, whatever its exit code. Codes: `not-allowed` (another project), and those of runCommand. */
export async function runSupabase(
  context: IncidentContext,
  step: Step,
  { name, args, project, change = null }: SupabaseCall,
  actor: string,
): Promise<Ran> {
  const command: Runnable = {
    id: change?.id ?? `${step.id}#${name}`,
    text: shellQuote(['supabase', ...args]),
    tool: 'supabase',
    form: 'words',
    line: step.line,
    effect: change === null ? 'read' : 'change',
    usualMs: change?.usualMs ?? null,
    timeoutMs: change === null ? 30_000 : null,
  };
  const ran = await runCommand(context, step, command, actor);
  const printed = printedTarget(ran.stderr);
  if (project === null || isIntended(printed, project)) return ran;
  throw new RollbookError(
    'not-allowed',
    `supabase speaks to "${printed}", not to project ${project}.`,
    'Find out why before anything else is run with it.',
  );
}
