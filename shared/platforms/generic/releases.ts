/**
 * The releases of a service whose runbook declares how they are listed. A release has the name that the list gives it; its
 * image, or else its name, says which releases are the same.
 */
import type { ServiceCommands } from '../../runbook/service.ts';
import type { Row } from './rows.ts';

export interface ListedRelease {
  /** Rises with age: a number to sort and to choose by. It is the name, where all names are numbers. */
  readonly version: number;
  readonly label: string;
  readonly status: string;
  readonly image: string;
  readonly description: string;
  readonly user: string;
  /** ms since the epoch; null: the list does not say. */
  readonly createdAt: number | null;
}

export const identityOf = ({ image, release }: Pick<Row, 'image' | 'release'>): string => image || release;

/** Newest first. */
export function toReleases(rows: readonly Row[], newest: 'first' | 'last'): readonly ListedRelease[] {
  const ordered = newest === 'first' ? rows : rows.toReversed();
  const numbered = ordered.every(({ release }) => /^[1-9]\d{0,8}$/.test(release));
  const distinct = new Set(ordered.map(({ release }) => release)).size === ordered.length;
  return ordered
    .map((row, index) => ({
      version: numbered && distinct ? Number(row.release) : ordered.length - index,
      label: row.release,
      status: row.status,
      image: identityOf(row),
      description: row.description,
      user: row.user,
      createdAt: Number.isNaN(Date.parse(row.created)) ? null : Date.parse(row.created),
    }))
    .toSorted((a, b) => b.version - a.version);
}

/** A text of what must not change between the choice and going back. */
export const fingerprintOf = (releases: readonly ListedRelease[]): string =>
  releases.map(({ label, image, status }) => JSON.stringify([label, image, status])).join('\n');

/**
 * True when nobody else made a release since the choice: the list is the same; or, after `tries` of our own, at most as
 * many of its releases are new, all with the chosen image. Our own try may also move or mark older ones.
 */
export function isSameButOwn(
  picked: { readonly fingerprint: string; readonly image: string },
  releases: readonly ListedRelease[],
  tries: number,
): boolean {
  if (fingerprintOf(releases) === picked.fingerprint) return true;
  if (tries === 0) return false;
  const known = new Set(picked.fingerprint.split('\n').map((line) => (JSON.parse(line) as readonly string[])[0]));
  const added = releases.filter(({ label }) => !known.has(label));
  return added.length <= tries && added.every(({ image }) => image === picked.image);
}

export interface PickInput {
  /** Newest first. */
  readonly releases: readonly ListedRelease[];
  /** The images that run now. */
  readonly running: readonly string[];
  /** ms since the epoch. */
  readonly detectedAt: number;
  /** Images that were tried in this incident. */
  readonly tried: readonly string[];
  readonly complete: ServiceCommands['releases']['complete'];
}

export interface Verdict {
  readonly version: number;
  readonly verdict: 'proposed' | 'possible' | 'bad';
  readonly why: string;
}

/**
 * Proposes the newest complete release that is older than what runs, does not run now, was not tried, and, where the list
 * has times, was not in service since the trouble was detected (product rule 1).
 */
export function judgeReleases(input: PickInput): readonly Verdict[] {
  const { releases, running } = input;
  const oldestRunning = releases.findLastIndex(({ image }) => running.includes(image));
  const newestRunning = releases.findIndex(({ image }) => running.includes(image));
  let proposed: ListedRelease | null = null;
  return releases.map((release, index): Verdict => {
    const { version } = release;
    const objection = objectionTo(release, input);
    if (objection !== null) return { version, verdict: 'bad', why: objection };
    if (running.length === 0 || oldestRunning < 0)
      return { version, verdict: 'possible', why: 'What runs now is not in the list, so nothing says which is older.' };
    if (index < newestRunning) return { version, verdict: 'possible', why: 'It is newer than what runs now.' };
    if (proposed !== null)
      return { version, verdict: 'possible', why: `It is complete, but older than ${proposed.label}.` };
    proposed = release;
    return { version, verdict: 'proposed', why: 'Newest complete release from before what runs now.' };
  });
}

function objectionTo(
  release: ListedRelease,
  { releases, running, detectedAt, tried, complete }: PickInput,
): string | null {
  if (complete !== null && !complete.includes(release.status))
    return `It is "${release.status}", which the runbook does not count as complete.`;
  if (running.includes(release.image)) return 'It is running now.';
  if (tried.includes(release.image)) return 'It was tried in this incident, and the trouble stayed.';
  const same = releases.filter(({ image }) => image === release.image);
  const bad = same.find((each) => endOfService(each, releases) > detectedAt);
  return bad === undefined ? null : `As ${bad.label} it was in service after the trouble was detected.`;
}

/** When the next newer release was made; -Infinity when the list does not say, Infinity for the newest one. */
function endOfService(release: ListedRelease, releases: readonly ListedRelease[]): number {
  const next = releases.findLast(({ version }) => version > release.version);
  if (next === undefined) return release.createdAt === null ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return next.createdAt ?? Number.NEGATIVE_INFINITY;
}

/** What runs is the release that was chosen. An empty reading proves nothing. */
export function runsChosen(
  after: readonly { readonly image: string; readonly label?: string | undefined }[],
  chosen: { readonly image: string; readonly label?: string | undefined },
): { readonly rule: 'release-running'; readonly met: boolean; readonly detail: string } {
  const rule = 'release-running';
  if (after.length === 0) return { rule, met: false, detail: 'Nothing was read that runs now.' };
  const others = after.filter(({ image }) => image !== chosen.image);
  const name = chosen.label ?? chosen.image;
  return others.length === 0
    ? { rule, met: true, detail: `What runs now is ${name === chosen.image ? name : `${name} (${chosen.image})`}.` }
    : {
        rule,
        met: false,
        detail: `What runs now is ${others.map(({ label, image }) => (chosen.label === undefined ? image : (label ?? image))).join(', ')}, not ${name}.`,
      };
}
