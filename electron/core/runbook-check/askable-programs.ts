/** Finds the unknown programs of a runbook whose help could be read after an approval, and the commands that would be run. */
import { wordsOf } from '#shared/runbook-check/grammar/call-verdict.ts';
import type { ApprovedProgram, AskableProgram } from '#shared/runbook-check/approved-program.ts';
import type { PlainCall } from '#shared/runbook-check/script.ts';
import type { ProbedTool } from '#shared/runbook-check/check-view.ts';
import { refusal, sha256OfProgram } from './program-file.ts';

interface AskableInput {
  readonly unchecked: readonly string[];
  readonly calls: readonly PlainCall[];
  /** The runbook's folders: no program in them is run. */
  readonly folders: readonly string[];
  readonly approved: readonly ApprovedProgram[];
  readonly find: (tool: string) => string | null;
}

interface Askable {
  readonly askable: readonly AskableProgram[];
  /** Programs whose help is never read, and why. */
  readonly refused: readonly ProbedTool[];
}

/** Runs nothing. */
export async function askablePrograms({ unchecked, calls, folders, approved, find }: AskableInput): Promise<Askable> {
  const askable: AskableProgram[] = [];
  const refused: ProbedTool[] = [];
  for (const tool of unchecked) {
    const path = find(tool);
    if (path === null) continue;
    const why = whyNot(path, folders);
    if (why !== null) refused.push({ tool, path, version: null, why });
    else {
      const before = approved.find((one) => one.tool === tool);
      const sha256 = await sha256OfProgram(path);
      // Already approved: its help was read but not understood.
      if (before?.path === path && before.sha256 === sha256) continue;
      askable.push({ tool, path, sha256, runs: runsOf(tool, calls), changed: before !== undefined });
    }
  }
  return { askable, refused };
}

function whyNot(path: string, folders: readonly string[]): string | null {
  try {
    return refusal(path, folders, false);
  } catch {
    return 'its file cannot be read';
  }
}

/** Its version, its help, and the help of each subcommand in the runbook, each once. */
function runsOf(tool: string, calls: readonly PlainCall[]): readonly string[] {
  const paths = calls
    .filter((call) => call.tool === tool)
    .flatMap((call) => {
      const words = wordsOf(call, null).slice(0, 4);
      return words.map((_word, index) => words.slice(0, index + 1).join(' '));
    });
  return [`${tool} --version`, `${tool} --help`, ...[...new Set(paths)].map((path) => `${tool} ${path} --help`)];
}
