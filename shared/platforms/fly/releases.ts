/**
 * What `fly releases --json` prints: the newest 25 releases with Go field names
 * (flyctl v0.4.87 internal/command/apps/releases.go, fly-go v0.9.6 types.go).
 */
import { z } from 'zod';
import { readJsonOutput } from '../json-output.ts';

export interface FlyRelease {
  readonly version: number;
  /** `pending`, `running`, `complete`, `failed` or `interrupted`; kept as printed, empty when Fly recorded none. */
  readonly status: string;
  /** Empty when Fly recorded none. */
  readonly imageRef: string;
  readonly description: string;
  readonly reason: string;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
  /** E-mail, or else the name; empty when unknown. */
  readonly user: string;
}

const nullableText = z.string().nullish();

const releaseSchema = z.object({
  Version: z.number().int(),
  Status: nullableText,
  ImageRef: nullableText,
  Description: nullableText,
  Reason: nullableText,
  CreatedAt: z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'not a date and time'),
  User: z.object({ Email: nullableText, Name: nullableText }).nullish(),
});

const listSchema = z.array(releaseSchema).nullable();

/** Newest first. @throws RollbookError `unexpected-output` when it is not such a list. */
export function parseReleases(stdout: string): readonly FlyRelease[] {
  const rows = readJsonOutput('fly releases --json', stdout, listSchema) ?? [];
  return rows
    .map((row) => ({
      version: row.Version,
      status: row.Status ?? '',
      imageRef: row.ImageRef ?? '',
      description: row.Description ?? '',
      reason: row.Reason ?? '',
      createdAt: Date.parse(row.CreatedAt),
      user: row.User?.Email || row.User?.Name || '',
    }))
    .sort(newestFirst);
}

/**
 * The newest release that was complete and made before this moment (ms since the epoch).
 * @throws RollbookError `unexpected-output` when it is no list of releases
 */
export function inService(stdout: string, moment: number): { version: number; user: string; at: number } | null {
  const found = parseReleases(stdout).find(({ status, createdAt }) => status === 'complete' && createdAt <= moment);
  return found === undefined ? null : { version: found.version, user: found.user, at: found.createdAt };
}

export const newestFirst = (a: FlyRelease, b: FlyRelease): number => b.version - a.version;

/**
 * A text of what must not change between choosing a release and deploying it: which releases there are, their status and
 * their images. Equal texts mean that nobody deployed in between.
 */
export function releasesFingerprint(releases: readonly FlyRelease[]): string {
  return [...releases]
    .sort(newestFirst)
    .map((release) => `v${release.version} ${release.status} ${release.imageRef}`)
    .join('\n');
}

/**
 * True when nobody else deployed since the choice: the list is the same, except for at most `tries` newer releases of the
 * chosen image. Our own attempts make those, and a failed attempt can be repeated.
 * The oldest releases fall off the list as new ones come.
 */
export function sameButOwn(
  picked: { readonly fingerprint: string; readonly image: string },
  releases: readonly FlyRelease[],
  tries: number,
): boolean {
  const then = picked.fingerprint.split('\n');
  const newestThen = Number(/^v(\d+) /.exec(picked.fingerprint)?.[1] ?? 0);
  const newer = releases.filter(({ version }) => version > newestThen);
  if (newer.length > tries || newer.some(({ imageRef }) => imageRef !== picked.image)) return false;
  if (newer.length === 0) return releasesFingerprint(releases) === picked.fingerprint;
  const older = releasesFingerprint(releases.filter((release) => !newer.includes(release))).split('\n');
  return older.length >= then.length - newer.length && older.every((line, index) => line === then[index]);
}
