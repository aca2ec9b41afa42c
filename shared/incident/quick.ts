/**
 * The quick rollback: a service and a version, then go. It is a normal P0 incident with the same gates, proof and report;
 * only the questions that a P0 does not wait for are answered in advance.
 */
import { RollbookError } from '../api/result.ts';
import type { Command, MatrixRow, Procedure, Runbook, Step } from '../runbook/model.ts';
import { definitionOf } from '../steps/registry.ts';
import type { IncidentState } from './state.ts';

/** The matrix row to declare with: a complete outage, else the first P0 row; null when the matrix has no P0. */
export function quickRow({ matrix }: Runbook): MatrixRow | null {
  const rows = matrix.rows.filter(({ severity }) => severity === 'P0');
  return rows.find(({ condition }) => /\bcomplete outage\b/i.test(condition)) ?? rows[0] ?? null;
}

export interface QuickSteps {
  readonly procedure: Procedure;
  readonly choose: Step;
  readonly deploy: Step;
  readonly command: Command;
}

/** The first procedure that chooses a release and deploys it. Code: `bad-arguments` when the runbook has none. */
export function quickSteps(runbook: Runbook): QuickSteps {
  for (const procedure of runbook.procedures) {
    const choose = procedure.steps.find((step) => definitionOf(step).choosesRelease === 'one-service');
    const deploy = procedure.steps.find((step) => definitionOf(step).deploys === 'one-service');
    const command = deploy?.commands.find(({ effect }) => effect !== 'read');
    if (choose !== undefined && deploy !== undefined && command !== undefined)
      return { procedure, choose, deploy, command };
  }
  throw new RollbookError(
    'bad-arguments',
    `${runbook.title} has no procedure that chooses a release and deploys it.`,
    'Mark those two steps with step=choose-release and step=deploy-release.',
  );
}

/** "v9" or "9" as a number, or null. */
export function versionOf(text: string): number | null {
  const [, digits] = /^v?([1-9]\d{0,8})$/i.exec(text.trim()) ?? [];
  return digits === undefined ? null : Number(digits);
}

/** The releases that are offered, in an incident or before there is one. */
export interface Offered {
  readonly releases: {
    readonly releases: readonly { readonly version: number; readonly image: string }[];
    readonly verdicts: readonly { readonly version: number; readonly verdict: string; readonly why: string }[];
  } | null;
  readonly declared: Pick<IncidentState['declared'], 'service'>;
}

/**
 * Throws RollbookError when the version must not be deployed: `no-release` (not listed, or without an image) or
 * `not-allowed` (judged bad). `left`: a sentence that says what was not done.
 */
export function mustBeDeployable(
  { releases, declared }: Offered,
  version: number,
  evenIfBad: boolean,
  left = 'Nothing was deployed.',
): void {
  const verdicts = releases?.verdicts ?? [];
  const listed = verdicts.map((each) => `v${each.version} (${each.verdict})`).join(', ') || 'none';
  const image = releases?.releases.find((release) => release.version === version)?.image;
  if (image === undefined || image.trim() === '') {
    const what = image === undefined ? 'is not among the releases' : 'has no recorded image among those';
    throw new RollbookError(
      'no-release',
      `v${version} ${what} of ${declared.service}: ${listed}.`,
      `Choose one of them. ${left}`,
    );
  }
  const found = verdicts.find((each) => each.version === version);
  if (found?.verdict !== 'bad' || evenIfBad) return;
  throw new RollbookError(
    'not-allowed',
    `v${version} of ${declared.service} must not be rolled back to: ${found.why}`,
    `Choose another one (${listed}), or say --even-if-bad. ${left}`,
  );
}
