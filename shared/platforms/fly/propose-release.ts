/**
 * Proposes the release to go back to (product rule 1): the newest complete one whose image is not running now and was not in
 * service at any moment since the trouble was detected. Images are compared, not version numbers: setting a secret makes a
 * new release of the same image, and an earlier rollback gives an old image a new number.
 */
import { type FlyImage, mayBeSameImage, parseImage } from './image.ts';
import { type FlyRelease, newestFirst } from './releases.ts';
import { isRunning } from './machine-states.ts';
import { type FlyStatus, imagesOf } from './status.ts';

/** `unknown`: only a comparison of times could tell, and the clocks differ. */
export type Verdict = 'proposed' | 'possible' | 'bad' | 'unknown';

export interface Candidate {
  readonly release: FlyRelease;
  readonly verdict: Verdict;
  /** One sentence for the person who chooses. */
  readonly why: string;
}

export interface Proposal {
  readonly proposed: FlyRelease | null;
  /** Every release, newest first. */
  readonly candidates: readonly Candidate[];
}

export interface PickInput {
  readonly releases: readonly FlyRelease[];
  readonly status: FlyStatus;
  /** Milliseconds since the epoch. */
  readonly detectedAt: number;
  /** Image references that were tried or found bad in this incident. */
  readonly badInThisIncident: readonly string[];
  /** The times of the releases are of another clock than `detectedAt` (clocks.ts): nothing is judged by them. */
  readonly clocksDiffer?: boolean;
}

interface BadImage {
  readonly image: FlyImage;
  readonly why: string;
}

export function proposeRelease(input: PickInput): Proposal {
  const releases = [...input.releases].sort(newestFirst);
  const bad = badImages(releases, input);
  let proposed: FlyRelease | null = null;
  const candidates = releases.map((release): Candidate => {
    const objection = objectionTo(release, bad);
    if (objection !== null) return { release, verdict: 'bad', why: objection };
    if (input.clocksDiffer === true) {
      const why = 'Unknown whether it was in service since the trouble was detected: the clocks differ.';
      return { release, verdict: 'unknown', why };
    }
    if (proposed !== null) {
      return { release, verdict: 'possible', why: `It is complete, but older than v${proposed.version}.` };
    }
    proposed = release;
    return { release, verdict: 'proposed', why: 'Newest complete release with an image from before the trouble.' };
  });
  return { proposed, candidates };
}

function objectionTo(release: FlyRelease, bad: readonly BadImage[]): string | null {
  if (release.status !== 'complete') return `Its deploy did not complete: it is "${release.status}".`;
  if (release.imageRef.trim() === '') return 'Fly recorded no image for it.';
  const image = parseImage(release.imageRef);
  return bad.find((other) => mayBeSameImage(image, other.image))?.why ?? null;
}

/** The first reason that applies. */
function badImages(releases: readonly FlyRelease[], input: PickInput): readonly BadImage[] {
  const running = input.status.machines
    .filter(isRunning)
    .flatMap((machine) => imagesOf(machine))
    .map((image) => ({ image, why: 'Its image is running now.' }));
  const inIncident = input.badInThisIncident.map((ref) => ({
    image: parseImage(ref),
    why: 'Its image is bad in this incident: it was tried, and the trouble stayed.',
  }));
  const inService = (input.clocksDiffer === true ? [] : releases)
    .filter((release) => release.imageRef.trim() !== '' && endOfService(release, releases) > input.detectedAt)
    .map((release) => ({
      image: parseImage(release.imageRef),
      why: `Its image is bad in this incident: as v${release.version} it ${
        release.status === 'complete' ? 'was' : 'may have been partly'
      } in service after the trouble was detected.`,
    }));
  return [...running, ...inIncident, ...inService];
}

/**
 * When the next complete release took over, in ms since the epoch; Infinity when none did.
 * A release that did not complete may have reached some machines (a failed rolling deploy leaves mixed versions), and
 * a release without a recorded image may carry the same one, so neither ends the service of an earlier one.
 */
function endOfService(release: FlyRelease, releases: readonly FlyRelease[]): number {
  const next = releases.findLast(
    (other) => other.version > release.version && other.status === 'complete' && other.imageRef.trim() !== '',
  );
  return next?.createdAt ?? Number.POSITIVE_INFINITY;
}
