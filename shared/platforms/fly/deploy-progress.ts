/** How far a deploy is. Apart from rollout.ts, because a window asks this and must not load the parser of fly's output. */
import type { MachineNow } from './rollout.ts';

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

/**
 * The release that a build made, as fly prints it on one line when FLY_EMIT_RELEASE_JSON is set (flyctl v0.4.56
 * machines_deploymachinesapp.go:140).
 */
export interface BuiltRelease {
  readonly version: number;
  readonly image: string;
}

/** That line, anywhere in an output; null without one. */
export const releaseLine = (output: string): string | null => /^\{"id":.*"image_ref":.*\}$/m.exec(output)?.[0] ?? null;

/** What the line says; null when it says something else. */
export function builtRelease(output: string): BuiltRelease | null {
  const line = releaseLine(output);
  if (line === null) return null;
  const release = JSON.parse(line) as { readonly version?: unknown; readonly image_ref?: unknown };
  return typeof release.version === 'number' && typeof release.image_ref === 'string'
    ? { version: release.version, image: release.image_ref }
    : null;
}

/** True when a rollout stopped half way: some machines serve the target and some serve something else. */
export function isMixed(machines: readonly Pick<MachineNow, 'onTarget' | 'state'>[]): boolean {
  const serving = machines.filter(({ state }) => state === 'started');
  return serving.some(({ onTarget }) => onTarget === true) && serving.some(({ onTarget }) => onTarget === false);
}
