/**
 * Reads the progress of a deploy from its output. Separate from rollout.ts, so that windows do not load the parser of
 * `fly status`.
 */

/**
 * The progress that a deploy prints: `> [1/2] Waiting for 3d8d [app] to become healthy: 0/1` (flyctl v0.4.87
 * internal/statuslogger/noninteractive.go, shared.go). Only for display: the exit code and the machines decide.
 */
export interface DeployProgress {
  /** The machine that is being updated, counted from 1, and the number of machines. */
  readonly machine: number;
  readonly of: number;
  /** What flyctl says it is doing. */
  readonly doing: string;
}

/** A line begins with a glyph or a space, and may contain colours anywhere. */
const LINE = /^\s*[>✔✖✓]?\s*\[(\d+)\/(\d+)\]\s+(\S.*?)\s*$/u;
/** With `--deploy-retries` leases and machines left out have lines of their own, which say nothing of how far the deploy is. */
const BESIDE = /^(?:(?:Acquir|Clear)(?:ing|ed) lease |skipping machine update)/;
const COLOUR = /\u001B\[[0-9;]*m/g;

/** The progress in the newest line that has one, or null. `lines`: in the order printed; missing ones are skipped. */
export function deployProgress(lines: readonly (string | undefined)[]): DeployProgress | null {
  for (const line of lines.toReversed()) {
    const found = line === undefined ? null : LINE.exec(line.replace(COLOUR, ''));
    const [machine, of] = [Number(found?.[1]), Number(found?.[2])];
    const doing = found?.[3] ?? '';
    if (found !== null && machine >= 1 && machine <= of && !BESIDE.test(doing)) return { machine, of, doing };
  }
  return null;
}

/**
 * The release that a build made, as fly prints it on one line when FLY_EMIT_RELEASE_JSON is set (flyctl v0.4.56
 * machines_deploymachinesapp.go:140).
 */
export interface BuiltRelease {
  readonly version: number;
  readonly image: string;
}

/** Finds that line in an output, or null. */
export const releaseLine = (output: string): string | null => /^\{"id":.*"image_ref":.*\}$/m.exec(output)?.[0] ?? null;

/** The release in that line; null: it is another line. */
export function builtRelease(output: string): BuiltRelease | null {
  const line = releaseLine(output);
  if (line === null) return null;
  const release = JSON.parse(line) as { readonly version?: unknown; readonly image_ref?: unknown };
  return typeof release.version === 'number' && typeof release.image_ref === 'string'
    ? { version: release.version, image: release.image_ref }
    : null;
}

/** False for a command of fly that changes no image: stopping and starting machines rolls nothing out. */
export const rollsOut = (command: string): boolean =>
  !/^fly(?:ctl)? machines? (?:stop|start|cordon|uncordon|restart|suspend)\b/.test(command);
