/**
 * How far a deploy says that it is: `> [1/2] Waiting for 3d8d [app] to become healthy: 0/1` (flyctl v0.4.87
 * internal/statuslogger/noninteractive.go, shared.go). For the eye alone: what counts is the exit and the machines.
 */
export interface DeployProgress {
  /** The machine under way, counted from 1, and of how many. */
  readonly machine: number;
  readonly of: number;
  /** What is done to it now, in flyctl's words. */
  readonly doing: string;
}

/** With a glyph, or a space for none; colours may stand anywhere. */
const LINE = /^\s*[>✔✖✓]?\s*\[(\d+)\/(\d+)\]\s+(\S.*?)\s*$/u;
const COLOUR = /\u001B\[[0-9;]*m/g;

/** Of the newest line that says so, or null. `lines` in the order printed; ones not there yet are skipped. */
export function deployProgress(lines: readonly (string | undefined)[]): DeployProgress | null {
  for (const line of lines.toReversed()) {
    const found = line === undefined ? null : LINE.exec(line.replace(COLOUR, ''));
    const [machine, of] = [Number(found?.[1]), Number(found?.[2])];
    if (found !== null && machine >= 1 && machine <= of) return { machine, of, doing: found[3] ?? '' };
  }
  return null;
}
