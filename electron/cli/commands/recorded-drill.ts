/** `rollbook drill` with a recording: of a file, or of a finished incident. */
import { resolve } from 'node:path';
import { RollbookError } from '#shared/api/result.ts';
import { writeRecording } from '#shared/recordings/recording-file.ts';
import type { OpenCore } from '#core/core.ts';
import { forFile } from '#core/drills/recorded-drill.ts';
import { writeWhole } from '#core/files/write-whole.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { mustBeNoRunbook, outputPath } from '../output-path.ts';
import { print, type Terminal } from '../terminal.ts';
import { play } from './play-drill.ts';
import { invocation } from '../invocation.ts';

interface RecordedOptions {
  readonly scenario?: string;
  readonly from?: string;
  readonly write?: string;
  readonly auto?: boolean;
  readonly expect?: boolean;
  readonly speed: number;
  readonly json: boolean;
}

/** Names of scenarios have no dot. */
export const isRecordingFile = (scenario: string | undefined): boolean => /\.ya?ml$/i.test(scenario ?? '');

/** Code: `bad-arguments`. */
export function mustBeAutoForJson({ json, auto }: Pick<RecordedOptions, 'json' | 'auto'>): void {
  if (json && auto !== true)
    throw new RollbookError('bad-arguments', '--json needs --auto: a drill by hand asks questions.', 'Add --auto.');
}

/** Absolute path for a recording, checked before any work is done. Code: `bad-arguments`. */
export function recordingPath(terminal: Terminal, core: OpenCore, file: string): string {
  const path = outputPath(terminal, file);
  if (!isRecordingFile(file)) {
    const advice = `Name it ${file}.yaml.`;
    throw new RollbookError(
      'bad-arguments',
      `${file} does not end in .yaml, so it would not be found as a recording.`,
      advice,
    );
  }
  mustBeNoRunbook(
    path,
    file,
    core.services.runbooks.list().map(({ name }) => name),
  );
  return path;
}

/** Plays a recording, or writes it. `reportPath` is called before anything is declared. */
export async function recordedDrill(
  terminal: Terminal,
  core: OpenCore,
  options: RecordedOptions,
  reportPath: () => string | null,
): Promise<ExitCode> {
  const { drills, operator, newId } = core.services;
  const { from = '', write } = options;
  if (write !== undefined) {
    await writeRecordingOf(terminal, core, from, recordingPath(terminal, core, write), options.json);
    return EXIT.ok;
  }
  const report = reportPath();
  mustBeAutoForJson(options);
  const { recording, runbook } =
    options.from === undefined
      ? await drills.openRecording(resolve(terminal.cwd, options.scenario ?? ''))
      : told(terminal, await drills.record(from));
  const { speed } = options;
  const incidentId = await drills.startRecording({ recording, runbook, speed, actor: operator, intentId: newId() });
  const { name: scenario, expected } = recording;
  return await play(terminal, core, incidentId, options, { scenario, expected, report });
}

/** Writes the recording of a finished incident to a file. `path`: absolute. */
export async function writeRecordingOf(
  terminal: Terminal,
  core: OpenCore,
  incidentId: string,
  path: string,
  json = false,
): Promise<void> {
  const { recording } = told(terminal, await core.services.drills.record(incidentId));
  // What the recording holds may be shared: like all that leaves the store, it goes through the door.
  writeWhole(path, writeRecording(core.services.door.value(forFile(recording, path))), 'The recording', 0o600);
  const { length: calls } = recording.calls;
  const { length: answers } = recording.http;
  print(
    terminal,
    json,
    { path, calls, answers },
    () =>
      `Wrote ${path}: ${calls} calls, ${answers} answers of addresses. Drill it: ${invocation()} drill --scenario ${path}`,
  );
}

function told<T extends { readonly missing: readonly string[] }>(terminal: Terminal, recorded: T): T {
  for (const sentence of recorded.missing) terminal.err(`${sentence}\n`);
  return recorded;
}
