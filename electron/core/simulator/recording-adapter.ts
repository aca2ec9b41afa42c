/** The second simulated adapter: the tools and addresses of a drill answer as a recording says. Nothing real is started. */
import { answerOf, callOf, endedAt, type Moment, type Progress } from '#shared/recordings/answers.ts';
import type { Call } from '#shared/recordings/command-pattern.ts';
import { wordsOf } from '#shared/recordings/command-pattern.ts';
import type { RecordedCall, Recording } from '#shared/recordings/recording.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import type { Clock, Exit, SpawnRequest, ToolAdapter } from '#core/ports.ts';
import { type ProcessCall, simulatedProcess } from './simulated-process.ts';
import { exitCode, hang, pause } from './tool-call.ts';

const PREFIX = 'recorded:';
/** What a shell says of a command that it does not know. */
const UNKNOWN_COMMAND = 127;
/** Output is printed in at most this many parts over the duration of a call. */
const PARTS = 8;
const BODY_LIMIT = 4_096;

/** Where the progress of the drill is read and kept. */
export interface ProgressAccess {
  read(): Progress;
  write(progress: Progress): void;
}

/** `clock`: drill time, see drillClock. `startAt`: drill time at the start, ms since the epoch. */
export function recordingAdapter(
  recording: Recording,
  clock: Clock,
  startAt: number,
  progress: ProgressAccess,
): ToolAdapter {
  const moment = (): Moment => ({ startAt, now: clock.now() });
  let pid = 0;
  return {
    name: 'simulated',
    clock,
    spawner: {
      spawn: (request) => {
        pid -= 1;
        const call = calledBy(request);
        const found = callOf(recording, progress.read(), call, moment());
        if (found.kind === 'found') progress.write(found.progress);
        const run = async (process: ProcessCall): Promise<Exit> => {
          if (found.kind === 'none') return refuse(process, call, found.later);
          try {
            return await play(process, found.entry);
          } finally {
            progress.write(endedAt(recording, progress.read(), call, clock.now()));
          }
        };
        return Promise.resolve(simulatedProcess(run, request, { clock, pid }));
      },
    },
    // Every program is there: one that the recording does not know says so when it runs.
    tools: { locate: (tool) => Promise.resolve({ path: `${PREFIX}${tool}`, version: '' }) },
    http: {
      get: async (url, timeoutMs) => {
        const found = answerOf(recording, progress.read(), url, moment());
        if (found.kind === 'none') {
          return {
            kind: 'no-answer',
            reason: `The recording has no answer from ${url}${laterText(found.later)}`,
            ms: 0,
          };
        }
        progress.write(found.progress);
        const { status, reason = 'it does not answer', body, headers, ms } = found.entry;
        await clock.sleep(Math.min(ms, timeoutMs));
        if (ms > timeoutMs) return { kind: 'no-answer', reason: `No answer within ${timeoutMs} ms.`, ms: timeoutMs };
        if (status === undefined) return { kind: 'no-answer', reason, ms };
        return { kind: 'answer', status, ms, body: body.slice(0, BODY_LIMIT), headers };
      },
    },
    openLogin: () => Promise.resolve('the drill'),
    fixtures: { environment: recording.environment, files: {} },
  };
}

const laterText = (later: boolean): string => (later ? ' yet: its answers come later.' : ': add one.');

/** The command of a request: of a script its text, as a person writes it into a recording. */
function calledBy({ argv: [path, ...args], env }: SpawnRequest): Call {
  const program = path.startsWith(PREFIX) ? path.slice(PREFIX.length) : path;
  const [option, pipefail, flag, text] = args;
  const isScript =
    program === 'bash' && option === '-o' && pipefail === 'pipefail' && flag === '-c' && args.length === 4;
  return { words: isScript ? wordsOf(text ?? '') : [program, ...args], environment: env };
}

function refuse({ write }: ProcessCall, { words }: Call, later: boolean): Exit {
  write('stderr', `The recording has no answer to \`${shellQuote(words)}\`${laterText(later)}\n`);
  return exitCode(UNKNOWN_COMMAND);
}

async function play(process: ProcessCall, { output, stderr, exit, duration }: RecordedCall): Promise<Exit> {
  const lines = output.split(/(?<=\n)/);
  const each = Math.max(1, Math.ceil(lines.length / PARTS));
  const parts = Math.ceil(lines.length / each);
  for (let part = 0; part < parts; part += 1) {
    if (duration > 0) await pause(process, duration / parts);
    process.write('stdout', lines.slice(part * each, (part + 1) * each).join(''));
  }
  process.write('stderr', stderr);
  if (typeof exit === 'number') return exitCode(exit);
  if (exit === 'hangs') return await hang(process, false, () => undefined);
  return exit === 'lost' ? { kind: 'lost' } : { kind: 'signal', signal: exit };
}
