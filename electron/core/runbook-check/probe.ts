/** Reads the commands and flags of the installed tools from their help, and caches them. */
import { statSync } from 'node:fs';
import type { ApprovedProgram } from '#shared/runbook-check/approved-program.ts';
import { KNOWN, type Knowledge } from '#shared/runbook-check/grammar/known-tools.ts';
import { wordsOf } from '#shared/runbook-check/grammar/call-verdict.ts';
import type { ToolTable } from '#shared/runbook-check/grammar/tool-table.ts';
import type { PlainCall } from '#shared/runbook-check/script.ts';
import type { ProbedTool } from '#shared/runbook-check/check-view.ts';
import type { ToolLocator } from '#core/ports.ts';
import { UNKNOWN_VERSION, versionIn } from '#core/runner/tool-locator.ts';
import type { Asker } from './run-help.ts';
import type { HelpCache } from './help-cache.ts';
import { refusal, sha256OfProgram } from './program-file.ts';
import { APPROVED_WAY, WAYS } from './tool-help.ts';

interface ProbeInput {
  readonly calls: readonly PlainCall[];
  /** The folders of the runbook and its checkout: no program in them is run. */
  readonly folders: readonly string[];
  /** The approved programs: only these files may be run. */
  readonly approved: readonly ApprovedProgram[];
  /** Finds a name on PATH; runs nothing. */
  readonly find: (tool: string) => string | null;
  readonly tools: ToolLocator;
  readonly asker: Asker;
  readonly cache: HelpCache;
}

interface Probed {
  /** The tables of the tools whose help could be read. */
  readonly probed: ReadonlyMap<string, Knowledge>;
  readonly tools: readonly ProbedTool[];
}

/** Never throws: a tool whose help cannot be read is judged by the tables of known versions. */
export async function probe(input: ProbeInput): Promise<Probed> {
  const said = new Map<string, Knowledge>();
  const tools: ProbedTool[] = [];
  const names = [...new Set(input.calls.map(({ tool }) => tool))].filter(
    (tool) => tool !== '' && (WAYS.has(tool) || input.approved.some((one) => one.tool === tool)),
  );
  for (const tool of names) {
    const { probed, table } = await probeTool(tool, input);
    tools.push(probed);
    if (table !== null)
      said.set(tool, { tables: [table], checked: `checked against ${probed.path} ${probed.version}` });
  }
  return { probed: said, tools };
}

async function probeTool(
  tool: string,
  { calls, folders, approved, find, tools, asker, cache }: ProbeInput,
): Promise<{ readonly probed: ProbedTool; readonly table: ToolTable | null }> {
  const not = (why: string, found?: { readonly path: string; readonly version: string | null }) => ({
    probed: { tool, path: found?.path ?? null, version: found?.version ?? null, why },
    table: null,
  });
  // Decided before it is run at all, even for its version.
  const name = [tool, ...(tool === 'fly' ? ['flyctl'] : [])].find((one) => find(one) !== null) ?? tool;
  const path = find(name);
  if (path === null) return not('not installed');
  const listed = WAYS.has(tool);
  const refused = refusal(path, folders, listed) ?? (listed ? null : await notApproved(tool, path, approved));
  if (refused !== null) return not(refused, { path, version: null });
  const found = listed
    ? await askTwice(tools, name)
    : { path, version: versionIn((await asker.ask(path, ['--version'])).text) };
  if (found === null) return not('not installed');
  const like = nearTable(tool, found.version);
  const words = calls.filter((call) => call.tool === tool).map((call) => wordsOf(call, like).slice(0, 4));
  const { mtimeMs, size } = statSync(found.path);
  const key = [found.path, found.version, mtimeMs, size, ...words.map((one) => one.join(' ')).toSorted()].join('\n');
  const way = WAYS.get(tool) ?? APPROVED_WAY;
  const table =
    cache.get(key) ??
    (await way({
      tool,
      version: found.version,
      calls: words,
      like,
      ask: (...args) => asker.ask(found.path, args),
    }));
  if (table === null) return not('its help could not be read', found);
  cache.set(key, table);
  return { probed: { tool, ...found, why: null }, table };
}

/** Tries twice: on a busy machine, the first try may time out. */
async function askTwice(tools: ToolLocator, name: string): ReturnType<ToolLocator['locate']> {
  const first = await tools.locate(name);
  return first?.version === UNKNOWN_VERSION ? await tools.locate(name) : first;
}

/** For an approved program: only the file that was approved is run. */
async function notApproved(tool: string, path: string, approved: readonly ApprovedProgram[]): Promise<string | null> {
  const program = approved.find((one) => one.tool === tool);
  const same = program?.path === path && program.sha256 === (await sha256OfProgram(path));
  return same ? null : 'it was approved, and is another file by now';
}

/** The table of the newest known version with the same major version. */
function nearTable(tool: string, version: string): ToolTable | null {
  const major = version.split('.')[0];
  return KNOWN.get(tool)?.tables.findLast((table) => table.version.split('.')[0] === major) ?? null;
}
