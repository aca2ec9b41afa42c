/** Programs that steps call and that are not on this machine. Nothing is started to look for them. */
import type { NeededProgram } from '#shared/check/programs.ts';
import type { MissingProgram } from '#shared/check/check-view.ts';
import { type Environment, pathOf, searchPath } from '../runner/environment.ts';
import { pathOfTool } from '../runner/tool-locator.ts';

/** `environment`: the one commands get. */
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

/** flyctl is installed under both names. */
export const isInstalled = (tool: string, environment: Environment): boolean =>
  pathOfTool(tool, environment) !== null || (tool === 'fly' && pathOfTool('flyctl', environment) !== null);

/** The folders of PATH, as people read them. */
export function lookedIn(environment: Environment): string {
  const folders = [...new Set(searchPath(pathOf(environment)))];
  return folders.length === 0 ? 'no folder, because PATH is empty' : folders.join(', ');
}

/** How to install the tools that runbooks use. */

const POSTGRES = 'Install the PostgreSQL client programs (postgresql-client)';
const HOW: Readonly<Record<string, string>> = {
  fly: 'Install flyctl: https://fly.io/docs/flyctl/install/',
  supabase: 'Install the Supabase CLI: https://supabase.com/docs/guides/local-development/cli/getting-started',
  psql: `${POSTGRES}.`,
  pg_dump: `${POSTGRES}, not older than the server.`,
  pg_restore: `${POSTGRES}.`,
};

export const installAdvice = (tool: string): string => HOW[tool] ?? `Install ${tool}, or correct PATH.`;
