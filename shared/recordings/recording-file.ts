/** Reads and writes a recording as YAML. */
import { isNode, LineCounter, parseDocument, stringify } from 'yaml';
import { RollbookError } from '../api/result.ts';
import { problemOf, yamlProblem } from '../runbook/parser/front-matter-problem.ts';
import type { After, Recording } from './recording.ts';
import { recordingSchema } from './recording.ts';

const FORMAT = 'The format is in shared/recordings/README.md.';

/** `name`: of the file, for errors. Code: `unreadable-file`, with details.line. */
export function readRecording(text: string, name: string): Recording {
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, prettyErrors: false, stringKeys: true });
  const [broken] = document.errors;
  if (broken !== undefined)
    throw bad(name, counter.linePos(broken.pos[0]).line, `is not valid YAML: ${yamlProblem(broken)}`);
  const value = plainOf(() => document.toJS({ maxAliasCount: 20 }) as unknown, name);
  if (value === null || typeof value !== 'object' || Array.isArray(value))
    throw bad(name, 1, 'has no keys such as name, runbook and calls');
  const read = recordingSchema.safeParse(value);
  if (read.success) return read.data;
  const { path, what, advice } = problemOf(read.error.issues[0], value);
  throw bad(name, lineOf(path), what, advice ?? FORMAT);

  function lineOf(at: readonly (string | number)[]): number {
    for (let length = at.length; length > 0; length -= 1) {
      const node = document.getIn(at.slice(0, length), true);
      if (isNode(node) && node.range != null) return counter.linePos(node.range[0]).line;
    }
    return 1;
  }
}

function plainOf(read: () => unknown, name: string): unknown {
  try {
    return read();
  } catch {
    throw bad(name, 1, 'uses too many aliases, or is nested too deeply');
  }
}

const bad = (name: string, line: number, what: string, advice = FORMAT): RollbookError =>
  new RollbookError('unreadable-file', `The recording ${name} ${what} (line ${line}).`, advice, { line });

/** The file of a recording, with only what differs from the defaults. */
export function writeRecording({ startsAt, noticed, calls, http, environment, values, ...head }: Recording): string {
  const whole = {
    ...head,
    ...(startsAt === undefined ? {} : { startsAt: new Date(startsAt).toISOString() }),
    ...(noticed > 0 ? { noticed: durationWord(noticed) } : {}),
    ...filled({ environment, values }),
    calls: calls.map(({ duration, after, exit, ...call }) => ({
      ...filled(call),
      ...(exit === 0 ? {} : { exit }),
      ...(duration === 0 ? {} : { duration: durationWord(duration) }),
      ...afterWord(after),
    })),
    http: http.map(({ after, ...answer }) => ({ ...filled(answer), ...afterWord(after) })),
  };
  return `# A recording, played by: rollbook drill --scenario FILE\n${stringify(whole, { lineWidth: 0 })}`;
}

function afterWord(after: After | undefined): { readonly after?: unknown } {
  if (after === undefined) return {};
  const { command, times, waitMs } = after;
  if (command === null) return { after: durationWord(waitMs) };
  if (times === 1 && waitMs === 0) return { after: command };
  return { after: { command, ...(times > 1 ? { times } : {}), ...(waitMs > 0 ? { wait: durationWord(waitMs) } : {}) } };
}

const durationWord = (ms: number): string => (ms > 0 && ms % 1_000 === 0 ? `${ms / 1_000}s` : `${Math.round(ms)}ms`);

/** Without empty texts and empty maps. */
const filled = <T extends object>(from: T): Partial<T> =>
  Object.fromEntries(
    Object.entries(from).filter(
      ([, value]) =>
        value !== '' &&
        value !== undefined &&
        !(typeof value === 'object' && Object.keys(value as object).length === 0),
    ),
  ) as Partial<T>;
