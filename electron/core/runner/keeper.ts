/**
 * The two small `sh` programs around a changing command on POSIX, so that it outlives the app.
 *
 * The *runner* leads the command's process group: it runs the command in the foreground (in the background a shell
 * would make it ignore SIGINT), survives the interrupt itself and writes the exit code by rename.
 *
 * The *keeper* lives in a session of its own and holds the read ends of the command's two FIFOs. While the app is there
 * it only waits. The app holds the FIFO `life` open; when it dies the kernel closes it, and the keeper reads the output
 * into nothing, so that the command neither blocks nor meets SIGPIPE. When an app opens `life` again the keeper steps
 * back. When both outputs have ended the keeper ends. No raw output ever touches the disk.
 */

/** Files in a run's folder. */
export const RUN_FILES = {
  stdout: 'stdout',
  stderr: 'stderr',
  life: 'life',
  /** Pid of the runner, which is also the process group. */
  pid: 'pid',
  /** Exit code in decimal and a newline. */
  exit: 'exit',
  /** There when we killed the group ourselves. */
  killed: 'killed',
} as const;

/** `sh -c RUNNER_SCRIPT rollbook-run:ID FOLDER COMMAND ARGUMENT...`; stdout and stderr are the FIFOs. */
export const RUNNER_SCRIPT = `
run=$1; shift
trap : HUP INT QUIT TERM
echo $$ >"$run/${RUN_FILES.pid}"
"$@"
code=$?
echo $code >"$run/exit.part"
command -p mv -f "$run/exit.part" "$run/${RUN_FILES.exit}" || mv -f "$run/exit.part" "$run/${RUN_FILES.exit}"
exit $code
`;

/**
 * `sh -c KEEPER_SCRIPT rollbook-keep:ID FOLDER`; descriptor 3 is \`life\`, 4 and 5 are the read ends of the outputs.
 * Reading 3 ends at once when no app holds it. Opening it blocks until an app does.
 */
export const KEEPER_SCRIPT = `
run=$1
exec >/dev/null 2>&1
drain() {
  cat <&4 & out=$!
  cat <&5 & err=$!
  trap 'kill $out $err; exit 1' TERM
  wait $out; out=
  wait $err
}
while :; do
  cat <&3
  drain & drain=$!
  { : <"$run/${RUN_FILES.life}" && kill $drain; } & back=$!
  wait $drain && break
  wait $back
done
kill $back
`;

/** How a runner shows itself in a process list: tells it apart from a stranger with its pid. */
export const runnerName = (runId: string): string => `rollbook-run:${runId}`;
export const keeperName = (runId: string): string => `rollbook-keep:${runId}`;
