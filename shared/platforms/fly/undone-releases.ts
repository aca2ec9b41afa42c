/** The releases that a rollback undoes, with what Fly's list says about each (rule 2). */
export interface ListedRelease {
  readonly version: number;
  /** Its name, outside of Fly. */
  readonly label?: string | undefined;
  readonly status: string;
  readonly image: string;
  readonly description: string;
  readonly user: string;
  /** Milliseconds since the epoch; null: not known. */
  readonly createdAt: number | null;
}

export interface TakenBack extends ListedRelease {
  /** True: it has the image of the release before it, so only secrets or settings changed, and a rollback keeps those. */
  readonly sameImage: boolean;
  /** From its description; unknown without one. */
  readonly migration: boolean;
}

/** The releases newer than the chosen one, newest first. */
export function takenBack(releases: readonly ListedRelease[], to: number): readonly TakenBack[] {
  const newestFirst = releases.toSorted((a, b) => b.version - a.version);
  return newestFirst.flatMap((release, index) => {
    if (release.version <= to) return [];
    const before = newestFirst[index + 1];
    const sameImage = before !== undefined && release.image !== '' && before.image === release.image;
    return [{ ...release, sameImage, migration: /migrat/i.test(release.description) }];
  });
}
