/** What people call a release: `v9` on Fly, on another platform what its list says. */
export interface NamedRelease {
  readonly version: number;
  /** Absent on Fly. */
  readonly label?: string | undefined;
}

export const releaseName = ({ version, label }: NamedRelease): string => label ?? `v${version}`;

/** The name of a release in a list that was read. */
export const nameIn = (releases: readonly NamedRelease[] | undefined, version: number): string =>
  releaseName(releases?.find((release) => release.version === version) ?? { version });
