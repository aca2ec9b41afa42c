/** Rule 2: the releases that going back takes back, and what Fly's own list says of each. */
export interface ListedRelease {
  readonly version: number;
  readonly status: string;
  readonly image: string;
  readonly description: string;
  readonly user: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export interface TakenBack extends ListedRelease {
  /** The image of the release before it: only secrets or settings were changed, and those stay. */
  readonly sameImage: boolean;
  /** Its description says so; without it nothing is known. */
  readonly migration: boolean;
}

/** Newer than the release gone back to, newest first. */
export function takenBack(releases: readonly ListedRelease[], to: number): readonly TakenBack[] {
  const newestFirst = releases.toSorted((a, b) => b.version - a.version);
  return newestFirst.flatMap((release, index) => {
    if (release.version <= to) return [];
    const before = newestFirst[index + 1];
    const sameImage = before !== undefined && release.image !== '' && before.image === release.image;
    return [{ ...release, sameImage, migration: /migrat/i.test(release.description) }];
  });
}
