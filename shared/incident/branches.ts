/**
 * Branches: ways out of a failed step. They come from the runbook's "Issue: ..." sections, matched by the error signature
 * of the failure or else by the kind of step. The dashboards of the tools are always offered.
 */
import { RESTORE_DASHBOARD_ID, flyDashboard, supabaseDashboard } from '../platforms/dashboards.ts';
import type { Issue, Runbook, Step } from '#shared/runbook/model.ts';
import { askingProcedures } from '#shared/runbook/symptom-step.ts';
import { ABOUT_ACCESS, ABOUT_DATABASE, ABOUT_DEPLOY } from '#shared/steps/help-on-failure.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { type IncidentState, runsOfStep } from './state.ts';

export interface OfferedBranch {
  readonly branch: Step;
  /** Title of the issue it comes from; null for a tool's dashboard. */
  readonly issue: string | null;
  readonly advice: readonly string[];
  /** The code of the error signature that led to it; '' when it was matched by the kind of step. */
  readonly why: string;
  /** Such branches are shown last. */
  readonly losesData: boolean;
}

/** Every step an event may name: those of procedures, of branches and of dashboards. */
export const allSteps = (runbook: Runbook): readonly Step[] => [
  ...askingProcedures(runbook).flatMap(({ steps }) => steps),
  ...(runbook.issues ?? []).flatMap(({ branches }) => branches),
  ...flyDashboard(runbook),
  ...supabaseDashboard(runbook),
];

export const branchOf = (runbook: Runbook, branchId: string): Step | undefined =>
  allSteps(runbook).find(({ id }) => id === branchId && !isProcedureStep(runbook, id));

const isProcedureStep = (runbook: Runbook, id: string): boolean =>
  askingProcedures(runbook).some(({ steps }) => steps.some((step) => step.id === id));

/** By error code (platforms/fly/error-signatures.ts, platforms/postgres/errors.ts...): the words of an issue that fits it. */
const TOPICS: Readonly<Record<string, RegExp>> = {
  'login-expired': ABOUT_ACCESS,
  'no-network': ABOUT_ACCESS,
  'app-not-found': ABOUT_ACCESS,
  'image-gone': ABOUT_DEPLOY,
  'health-timeout': ABOUT_DEPLOY,
  'never-started': ABOUT_DEPLOY,
  'no-capacity': ABOUT_DEPLOY,
  'crash-loop': ABOUT_DEPLOY,
  'release-command-failed': ABOUT_DEPLOY,
  'sql-error': ABOUT_DATABASE,
  'statement-timeout': ABOUT_DATABASE,
  'lock-timeout': ABOUT_DATABASE,
  'not-permitted': ABOUT_DATABASE,
};

/** In the order to show them; those that lose data come last. Empty inside a branch: branches do not nest. */
export function offeredBranches(state: IncidentState, runbook: Runbook, step: Step): readonly OfferedBranch[] {
  if (state.branches.taken !== null) return [];
  const code = failureCode(state, step);
  const issues = runbook.issues ?? [];
  const bySignature = code === null ? [] : issues.filter((issue) => fitsCode(issue, code));
  const { issues: topic, dashboards } = definitionOf(step);
  const byKind = topic === undefined ? [] : issues.filter((issue) => topic.test(`${issue.title} ${issue.symptoms}`));
  const fitting = bySignature.length > 0 ? bySignature : byKind;
  const offered = fitting.flatMap(({ title, advice, branches }) =>
    branches.map(
      (branch): OfferedBranch => ({
        branch,
        issue: title,
        advice,
        why: bySignature.length > 0 ? (code ?? '') : '',
        losesData: definitionOf(branch).branch?.losesData === true,
      }),
    ),
  );
  const hosts = offered.flatMap(({ branch }) => branch.link ?? []).map(hostOf);
  const own = (dashboards?.(runbook) ?? [])
    .filter(({ link }) => !hosts.includes(hostOf(link ?? '')))
    .map(
      (branch): OfferedBranch => ({
        branch,
        issue: null,
        advice: [],
        why: '',
        losesData: branch.id === RESTORE_DASHBOARD_ID,
      }),
    );
  return [...offered, ...own].toSorted((a, b) => sortKey(a) - sortKey(b));
}

/** Sort key: data loss comes late, and a point-in-time restore last. */
const sortKey = ({ branch, losesData }: OfferedBranch): number =>
  definitionOf(branch).branch?.losesData === true ? 2 : Number(losesData);

/** The code of the signature that the newest run of the step matched, if that run failed. */
function failureCode(state: IncidentState, step: Step): string | null {
  const runs = runsOfStep(state, step.id);
  return (
    (runs.findLast(({ effect }) => effect === 'change') ?? runs.at(-1))?.explanation?.code ??
    runs.at(-1)?.explanation?.code ??
    null
  );
}

const fitsCode = ({ title, symptoms, fits }: Issue, code: string): boolean =>
  fits.includes(code) || (fits.length === 0 && TOPICS[code]?.test(`${title} ${symptoms}`) === true);

const hostOf = (link: string): string => /^https?:\/\/([^/]+)/.exec(link)?.[1] ?? '';

/** The address of a dashboard branch, for this service. */
export const linkOf = ({ link = '' }: Step, { declared }: IncidentState): string =>
  link.replaceAll('$SERVICE', declared.service);
