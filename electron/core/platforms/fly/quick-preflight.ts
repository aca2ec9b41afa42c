/**
 * Checks before a quick rollback is declared, so that an impossible one does not leave an incident behind. Refuses only what
 * an incident cannot fix: a tool is missing, the version does not exist or is bad. With an expired login or no network the
 * incident is declared, because it has the steps to fix those.
 */
import { type ReadContext, quietRead } from '#core/engine/quiet-read.ts';
import { missingTools } from '#core/runbook-check/missing-programs.ts';
import { RollbookError } from '#shared/api/result.ts';
import { mustBeDeployable, type QuickSteps } from '#shared/incident/quick.ts';
import { clockDifference } from '#shared/platforms/fly/clocks.ts';
import { proposeRelease } from '#shared/platforms/fly/propose-release.ts';
import { parseReleases } from '#shared/platforms/fly/releases.ts';
import { parseStatus } from '#shared/platforms/fly/status.ts';

/** ms; the same as for reading releases in an incident. */
const LIMIT_MS = 15_000;

export interface QuickWish {
  readonly service: string;
  readonly version: number;
  readonly evenIfBad: boolean;
  /** ms since the epoch. */
  readonly detectedAt: number;
}

/** Codes: `tool-missing`; `no-release` (not in the list, or without an image); `not-allowed` (found bad). */
export async function preflight(
  context: ReadContext,
  { choose, deploy }: Pick<QuickSteps, 'choose' | 'deploy'>,
  wish: QuickWish,
): Promise<void> {
  const { service, version, evenIfBad } = wish;
  // Only of the two steps that it goes through by itself: what comes after can be done by hand.
  const missing = await missingTools({ steps: [choose, deploy] }, context.adapter.tools);
  if (missing !== null) {
    throw new RollbookError(
      'tool-missing',
      `${missing.what}, so this machine cannot roll ${service} back to v${version}. Nothing was declared.`,
      `${missing.advice} Then do it again; or declare (rollbook run), and run its commands elsewhere, by hand.`,
    );
  }
  const candidates = await offeredReleases(context, wish);
  if (candidates === null) return;
  const offered = {
    releases: candidates.map(({ release }) => ({ version: release.version, image: release.imageRef })),
    verdicts: candidates.map(({ release, verdict, why }) => ({ version: release.version, verdict, why })),
  };
  mustBeDeployable(
    { releases: offered, declared: { service } },
    version,
    evenIfBad,
    'Nothing was declared or deployed.',
  );
}

/** The releases of a service with the verdict on each, the newest first; null: they cannot be read now. Only reads. */
export async function offeredReleases(
  context: ReadContext,
  { service, detectedAt }: Pick<QuickWish, 'service' | 'detectedAt'>,
) {
  const [list, seen] = await Promise.all([read(context, 'releases', service), read(context, 'status', service)]);
  const releases = parsed(list, parseReleases);
  const status = parsed(seen, parseStatus);
  if (releases === null || status === null) return null;
  const clocksDiffer = clockDifference(releases, context.adapter.clock.now()) !== null;
  return proposeRelease({ releases, status, detectedAt, badInThisIncident: [], clocksDiffer }).candidates;
}

async function read(context: ReadContext, what: 'releases' | 'status', service: string): Promise<string | null> {
  const signal = AbortSignal.timeout(LIMIT_MS);
  const answer = await quietRead(context, ['fly', what, '-a', service, '--json'], { timeoutMs: LIMIT_MS, signal });
  return answer?.code === 0 ? answer.stdout : null;
}

/** Null when it cannot be parsed: the incident reads it again and shows the error. */
function parsed<T>(text: string | null, parse: (text: string) => T): T | null {
  try {
    return text === null ? null : parse(text);
  } catch {
    return null;
  }
}
