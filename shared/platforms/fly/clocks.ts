/**
 * Compares this machine's clock with the one that dates Fly's releases. Verdicts such as "in service since the trouble was
 * detected" compare times of both, so none is built on them while they differ.
 */
import { durationText } from '../../words/duration.ts';
import type { FlyRelease } from './releases.ts';

/** Requests take seconds, and machines that synchronize their clocks differ by less. */
const TOLERATED_MS = 3 * 60_000;

/** A deploy from this machine: it made the first release of `image` after version `after`. */
export interface OwnDeploy {
  readonly image: string;
  readonly after: number;
  /** ms since the epoch, by this machine's clock. */
  readonly startedAt: number;
}

/**
 * A sentence when the clocks differ by more than a few minutes, or null. A release from the future shows that this clock is
 * behind; one that this machine made, dated before it was made, shows that it is ahead. `now`: ms since the epoch.
 */
export function clockDifference(
  releases: readonly FlyRelease[],
  now: number,
  own: readonly OwnDeploy[] = [],
): string | null {
  const newest = releases.toSorted((a, b) => b.createdAt - a.createdAt)[0];
  if (newest !== undefined && newest.createdAt - now > TOLERATED_MS)
    return `The clock of this machine is at least ${durationText(newest.createdAt - now)} behind: Fly dates v${newest.version} in the future.`;
  for (const { image, after, startedAt } of own) {
    const made = releases.findLast(({ version, imageRef }) => version > after && imageRef === image);
    if (made !== undefined && startedAt - made.createdAt > TOLERATED_MS)
      return `The clock of this machine is about ${durationText(startedAt - made.createdAt)} ahead: Fly dates v${made.version}, which was made here, before that.`;
  }
  return null;
}
