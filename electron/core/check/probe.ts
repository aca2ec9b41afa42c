/** Which commands and flags the installed tools have, read from their own help and cached. */
import { statSync } from 'node:fs';
import type { ApprovedProgram } from '#shared/check/approved-program.ts';
import { KNOWN, type Knowledge } from '#shared/check/grammar/knowledge.ts';
import { type ToolTable, wordsOf } from '#shared/check/grammar/table.ts';
import type { PlainCall } from '#shared/check/script.ts';
import type { ProbedTool } from '#shared/check/check-view.ts';
import type { ToolLocator } from '#core/ports.ts';
import { UNKNOWN_VERSION, versionIn } from '#core/runner/tool-locator.ts';
import type { Asker } from './ask.ts';
import type { HelpCache } from './help-cache.ts';
import { refusal, sha256OfProgram } from './program-file.ts';
import { APPROVED_WAY, WAYS } from './ways-to-ask.ts';

export interface ProbeInput {
  readonly calls: readonly PlainCall[];
  /** Folders of the runbook and its checkout: nothing in them is run. */
  readonly folders: readonly string[];
  /** Further programs a person allows to be asked for their help: these files alone. */
  readonly approved: readonly ApprovedProgram[];
  /** Path of a program on PATH; runs nothing. */
  readonly find: (tool: string) => string | null;
  readonly tools: ToolLocator;
  readonly asker: Asker;
  readonly cache: HelpCache;
}

export interface Probed {
  /** Answers of the programs that could be asked. */
  readonly probed: ReadonlyMap<string, Knowledge>;
  readonly tools: readonly ProbedTool[];
}

/** Never throws: a tool that cannot be asked is judged by the tables of known versions. */
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
  // Not even its version is asked for until the program is known to be allowed.
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

/** On a loaded machine the second answer may come in time. */
async function askTwice(tools: ToolLocator, name: string): ReturnType<ToolLocator['locate']> {
  const first = await tools.locate(name);
  return first?.version === UNKNOWN_VERSION ? await tools.locate(name) : first;
}

/** A program that is not listed runs only if it is the file that was approved. */
async function notApproved(tool: string, path: string, approved: readonly ApprovedProgram[]): Promise<string | null> {
  const program = approved.find((one) => one.tool === tool);
  const same = program?.path === path && program.sha256 === (await sha256OfProgram(path));
  return same ? null : 'it was approved, and is another file by now';
}

/** The newest of the known versions with the same major version. */
function nearTable(tool: string, version: string): ToolTable | null {
  const major = version.split('.')[0];
  return KNOWN.get(tool)?.tables.findLast((table) => table.version.split('.')[0] === major) ?? null;
}
