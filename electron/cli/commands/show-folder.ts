/** `rollbook show FOLDER`: a line for each Markdown file below a folder. */
import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { RollbookError } from '#shared/api/result.ts';
import { allCommands } from '#shared/runbook/commands.ts';
import { count } from '#shared/words/count.ts';
import { systemClock } from '#core/system-ports.ts';
import { readRunbookFile } from '#core/runbooks/read-runbook-file.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { columns, printExact, type Terminal } from '../terminal.ts';

interface FileRow {
  /** Relative to the folder. */
  readonly file: string;
  readonly procedures: number;
  readonly steps: number;
  readonly commands: number;
  readonly gaps: number;
  /** How long it took to read, ms. */
  readonly ms: number;
  /** Why it cannot be read; null when it was. */
  readonly refused: string | null;
}

/** Exits with 2 when one of the files cannot be read: the others are shown all the same. Code: `not-found`. */
export async function showFolder(terminal: Terminal, folder: string, json: boolean): Promise<ExitCode> {
  const files = markdownIn(folder);
  if (files.length === 0) {
    throw new RollbookError('not-found', `There is no Markdown file in ${folder}.`, 'Name a folder with .md files.');
  }
  const rows: FileRow[] = [];
  for (const path of files) rows.push(await rowOf(path, relative(folder, path).split(sep).join('/')));
  printExact(terminal, json, { files: rows }, ({ files: shown }) => describe(shown));
  return rows.every(({ refused }) => refused === null) ? EXIT.ok : EXIT.usage;
}

async function rowOf(path: string, file: string): Promise<FileRow> {
  const clock = systemClock();
  const started = clock.now();
  try {
    const { model } = await inThread('parse', { raw: readRunbookFile(path), name: file }, file);
    return {
      file,
      procedures: model.procedures.length,
      steps: model.procedures.reduce((sum, { steps }) => sum + steps.length, 0),
      commands: allCommands(model).length,
      gaps: model.gaps.length,
      ms: clock.now() - started,
      refused: null,
    };
  } catch (thrown) {
    if (!(thrown instanceof RollbookError)) throw thrown;
    const nothing = { procedures: 0, steps: 0, commands: 0, gaps: 0 };
    return { file, ...nothing, ms: clock.now() - started, refused: thrown.message };
  }
}

function describe(rows: readonly FileRow[]): string {
  const read = rows.filter(({ refused }) => refused === null);
  const cells = read.map(({ file, procedures, steps, commands, gaps, ms }) => [
    file,
    ...[procedures, steps, commands, gaps].map(String),
    `${(ms / 1_000).toFixed(2)} s`,
  ]);
  const refused = rows.flatMap((row) => (row.refused === null ? [] : [row.refused]));
  const withSteps = read.filter(({ procedures }) => procedures > 0).length;
  return [
    columns([['file', 'procedures', 'steps', 'commands', 'gaps', 'read in'], ...cells]),
    ...(refused.length === 0 ? [] : ['', ...refused]),
    '',
    `${count(rows.length, 'file')}, ${withSteps} with procedures${refused.length === 0 ? '' : `, ${refused.length} that cannot be read`}.`,
  ].join('\n');
}

/** Folders that hold other people's files, or none to read. */
const PASSED_OVER = new Set(['node_modules', '.git', '.cache', 'vendor']);

/** In the order of their paths; links are not followed. */
function markdownIn(folder: string): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !PASSED_OVER.has(entry.name)) found.push(...markdownIn(path));
    else if (entry.isFile() && /\.(?:md|markdown|mdx)$/i.test(entry.name)) found.push(path);
  }
  return found.sort();
}
