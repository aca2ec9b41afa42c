/**
 * The two small `sh` programs around a changing command on POSIX, so that it outlives the app. They are `sh` because
 * only that is sure to be installed: the packaged desktop app cannot stand in for Node.
 *
 * The *runner* leads the command's process group. It runs the command in the foreground (in the background a shell
 * would make it ignore SIGINT), survives the interrupt itself, and writes the exit code by rename. It reserves the
 * space for the code before the command, because the disk may be full afterwards. Its umask applies only to its own
 * files. Last it prints a mark (`endMark`) into both streams: what comes before it is all that the command printed.
 *
 * The *keeper* is in its own session. All output of the command passes through it: `tee` passes it to the app, and
 * `tail` holds the end of it in memory, from the first byte. While the app lives the keeper only waits. The app holds
 * the FIFO `life` open. When the app dies, the kernel closes it, and the keeper drains what `tee` passes on, so that
 * the command neither blocks nor gets SIGPIPE. When an app opens `life` again, the keeper stops draining. When the
 * output has ended, `tail` passes what it held to the next app through a FIFO: raw output never touches the disk. The
 * keeper waits for that app for a limited time, and ends when the run's folder is gone.
 */
import type { Stream } from '#core/ports.ts';

/** Files in a run's folder. */
export const RUN_FILES = {
  /** The app reads output here, as it is printed. */
  stdout: 'stdout',
  stderr: 'stderr',
  /** The command writes here. */
  saysOut: 'says-out',
  saysErr: 'says-err',
  /** From `tee` to `tail`. */
  copyOut: 'copy-out',
  copyErr: 'copy-err',
  /** Output held for the next app. */
  heldOut: 'held-out',
  heldErr: 'held-err',
  life: 'life',
  /** Pid of the runner, which is also the process group. */
  pid: 'pid',
  /** Exit code in decimal, three digits, and a newline. */
  exit: 'exit',
  /** There when we killed the group ourselves. */
  killed: 'killed',
} as const;

export const FIFOS = [
  'stdout',
  'stderr',
  'saysOut',
  'saysErr',
  'copyOut',
  'copyErr',
  'heldOut',
  'heldErr',
  'life',
] as const;

/** How much of the end of each stream is held, bytes. */
export const HELD_MAX = 1024 * 1024;
/** Longer than any mark of the end, bytes. */
const MARK_MAX = 200;
/** Ends the held output: proof that it is complete, in case the keeper ended too early. */
export const HELD_END = '\n';
/** How long output is held for the next app, seconds: a day. */
export const HELD_FOR_S = 86_400;

/** `sh -c RUNNER_SCRIPT rollbook-run:ID FOLDER COMMAND ARGUMENT...`; stdout and stderr are the FIFOs. */
export const RUNNER_SCRIPT = `
run=$1; shift
trap : HUP INT QUIT TERM
mask=$(umask)
umask 077
echo $$ >"$run/${RUN_FILES.pid}"
echo ... >"$run/exit.part"
umask "$mask"
"$@"
code=$?
umask 077
printf '%03d\\n' $code 1<>"$run/exit.part" &&
  { command -p mv -f "$run/exit.part" "$run/${RUN_FILES.exit}" || mv -f "$run/exit.part" "$run/${RUN_FILES.exit}"; }
trap '' PIPE
printf '\\000%s\\000' "$0"
printf '\\000%s\\000' "$0" >&2
exit $code
`;

/**
 * `sh -c KEEPER_SCRIPT rollbook-keep:ID FOLDER SECONDS`; descriptors 1 and 2 are the write ends of what the app hears, 3 is \`life\`, 4 and 5 are the read ends of what the
 * app hears, 6 and 7 of what the command says, 8 and 9 of what is held: with them open a reader may come late.
 * Reading 3 ends at once when no app holds it. Opening it blocks until an app does.
 */
export const KEEPER_SCRIPT = `
run=$1; seconds=$2
umask 077
# A reader that is gone is no reason to stop listening to the command.
trap '' PIPE
# By exec alone: for any other redirection the shell keeps a copy of what it replaces, and with it what the app hears open.
hold() {
  exec 2>/dev/null 3<&- 4<&- 5<&- 6<&- 7<&- 8<&- 9<&-
  { exec <"$run/$1" >"$run/$2"; tail -c ${HELD_MAX + 1 + MARK_MAX}; echo; } &
  exec tee "$run/$1"
}
{ exec <&6; hold ${RUN_FILES.copyOut} ${RUN_FILES.heldOut}; } &
{ exec <&7 >&2; hold ${RUN_FILES.copyErr} ${RUN_FILES.heldErr}; } &
exec >/dev/null 2>&1
drain() {
  cat <&4 & out=$!
  cat <&5 & err=$!
  trap 'kill $out $err; exit 1' TERM
  wait $out; out=
  wait $err
}
# So long is waited at most, and not at all once the folder is gone.
watch() {
  trap 'kill $nap; exit' TERM
  left=$seconds
  while [ "$left" -gt 0 ] && [ -p "$run/${RUN_FILES.life}" ]; do
    nap_for=$((left < 20 ? left : 20))
    left=$((left - nap_for))
    sleep $nap_for & nap=$!
    wait $nap
  done
}
while cat <&3; [ -p "$run/${RUN_FILES.life}" ]; do
  drain & drain=$!
  { : <"$run/${RUN_FILES.life}" && kill $drain; } & back=$!
  if wait $drain; then
    # All is said. Its number may be another's soon, so whoever waits must not know it any more.
    kill $back; wait $back
    { : <"$run/${RUN_FILES.life}"; } & back=$!
    { watch; kill $back; } & watch=$!
    wait $back || break
    kill $watch
  else
    wait $back
  fi
done
exec 8<&- 9<&-
drain
kill -s KILL 0
`;

/** Name of the runner in a process list: tells it apart from another process with the same pid. */
export const runnerName = (runId: string): string => `rollbook-run:${runId}`;
export const keeperName = (runId: string): string => `rollbook-keep:${runId}`;

/**
 * The mark that the runner prints after its command has ended. Output passes through the keeper's `tee`, which a busy
 * machine may let wait for seconds after the exit; all that the command printed has arrived when the mark has. `name`: that
 * of the runner.
 */
export const endMark = (name: string): Buffer => Buffer.from(`\0${name}\0`);

type Push = (stream: Stream, bytes: Uint8Array) => void;

export interface MarkedOutput {
  /** Passes on what was printed, without the mark. */
  readonly push: Push;
  /** Passes on what may have been the beginning of a mark; nothing comes after it. */
  readonly end: () => void;
  /** Resolves when the mark of both streams has arrived. */
  readonly marked: Promise<void>;
}

export function withoutMarks(mark: Buffer, push: Push): MarkedOutput {
  const { promise, resolve } = Promise.withResolvers<void>();
  const waited = new Set<Stream>(['stdout', 'stderr']);
  const kept: Record<Stream, Buffer> = { stdout: Buffer.alloc(0), stderr: Buffer.alloc(0) };
  const pass = (stream: Stream, bytes: Buffer): void => {
    if (bytes.length > 0) push(stream, bytes);
  };
  return {
    push(stream, bytes) {
      const all = kept[stream].length === 0 ? Buffer.from(bytes) : Buffer.concat([kept[stream], bytes]);
      const at = waited.has(stream) ? all.indexOf(mark) : -1;
      if (at >= 0) {
        kept[stream] = Buffer.alloc(0);
        waited.delete(stream);
        pass(stream, Buffer.concat([all.subarray(0, at), all.subarray(at + mark.length)]));
        if (waited.size === 0) resolve();
        return;
      }
      const held = waited.has(stream) ? beginningAtEnd(all, mark) : 0;
      kept[stream] = all.subarray(all.length - held);
      pass(stream, all.subarray(0, all.length - held));
    },
    end() {
      for (const stream of ['stdout', 'stderr'] as const) {
        pass(stream, kept[stream]);
        kept[stream] = Buffer.alloc(0);
      }
    },
    marked: promise,
  };
}

/** Without its mark; output of an earlier version has none. */
export function unmarked(output: Buffer, mark: Buffer): Buffer {
  const at = output.lastIndexOf(mark);
  return at < 0 ? output : Buffer.concat([output.subarray(0, at), output.subarray(at + mark.length)]);
}

/** How many of the last bytes may be the beginning of the mark. */
function beginningAtEnd(bytes: Buffer, mark: Buffer): number {
  for (let length = Math.min(bytes.length, mark.length - 1); length > 0; length -= 1)
    if (bytes.subarray(bytes.length - length).equals(mark.subarray(0, length))) return length;
  return 0;
}
