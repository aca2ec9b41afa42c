/** Finds programs that steps call and that are not installed. No program is run. */
import { type NeededProgram, programsOf } from '#shared/runbook-check/programs.ts';
import type { Procedure } from '#shared/runbook/model.ts';
import type { ToolLocator } from '../ports.ts';
import type { MissingProgram } from '#shared/runbook-check/check-view.ts';
import { type Environment, pathOf, searchPath } from '../runner/environment.ts';
import { pathOfTool } from '../runner/tool-locator.ts';

/** `environment`: that of commands. */
export const missingPrograms = (
  programs: readonly NeededProgram[],
  environment: Environment,
): readonly MissingProgram[] =>
  programs
    .filter(({ tool, inStep }) => inStep && !isInstalled(tool, environment))
    .map(({ tool, line }) => ({
      tool,
      line,
      message: `${tool} is not installed on this machine: the step that calls it cannot run here.`,
      fix: `${installAdvice(tool)} Looked for in ${lookedIn(environment)}.`,
    }));

export interface MissingTools {
  /** "fly, psql are not on PATH here". */
  readonly what: string;
  /** How to install each. */
  readonly advice: string;
}

/**
 * The tools that these steps call and that are not installed; null: none. Looked for before an incident or a drill with real
 * tools is declared. Asks none of them more than its version.
 */
export async function missingTools(
  procedure: Pick<Procedure, 'steps'> | undefined,
  tools: ToolLocator,
): Promise<MissingTools | null> {
  if (procedure === undefined) return null;
  const missing: string[] = [];
  for (const { tool } of programsOf({ procedures: [procedure], otherCommands: [] })) {
    const found = (await tools.locate(tool)) ?? (tool === 'fly' ? await tools.locate('flyctl') : null);
    if (found === null) missing.push(tool);
  }
  if (missing.length === 0) return null;
  return {
    what: `${missing.join(', ')} ${missing.length === 1 ? 'is' : 'are'} not on PATH here`,
    advice: missing.map((tool) => installAdvice(tool)).join(' '),
  };
}

/** flyctl may be installed under either name. */
export const isInstalled = (tool: string, environment: Environment): boolean =>
  pathOfTool(tool, environment) !== null || (tool === 'fly' && pathOfTool('flyctl', environment) !== null);

/** The folders of PATH, for messages. */
export function lookedIn(environment: Environment): string {
  const folders = [...new Set(searchPath(pathOf(environment)))];
  return folders.length === 0 ? 'no folder, because PATH is empty' : folders.join(', ');
}

const POSTGRES = 'Install the PostgreSQL client programs (postgresql-client)';
const HOW: Readonly<Record<string, string>> = {
  fly: 'Install flyctl: https://fly.io/docs/flyctl/install/',
  supabase: 'Install the Supabase CLI: https://supabase.com/docs/guides/local-development/cli/getting-started',
  psql: `${POSTGRES}.`,
  pg_dump: `${POSTGRES}, not older than the server.`,
  pg_restore: `${POSTGRES}.`,
};

/** How to install a tool that runbooks call. */
export const installAdvice = (tool: string): string => HOW[tool] ?? `Install ${tool}, or correct PATH.`;
