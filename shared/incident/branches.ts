/**
 * Branches: the ways out of a step that failed. They come from the runbook's "Issue: ..." sections, matched by the error
 * signature of what failed and else by the kind of step; the dashboards behind the tools are always among them.
 */
import { dashboardStep } from '#shared/runbook/dashboard-step.ts';
import type { Issue, Runbook, Step, StepKind } from '#shared/runbook/model.ts';
import { type IncidentState, runsOfStep } from './state.ts';

export interface OfferedBranch {
  readonly branch: Step;
  /** Title of the issue it belongs to; null: it belongs to the tool. */
  readonly issue: string | null;
  readonly advice: readonly string[];
  /** Why it is offered: the code of the signature that leads to it, else ''. */
  readonly why: string;
  /** It stands last. */
  readonly losesData: boolean;
}

/** Every step of a runbook, those of its branches included: what ids of events lead to. */
export const allSteps = (runbook: Runbook): readonly Step[] => [
  ...runbook.procedures.flatMap(({ steps }) => steps),
  ...(runbook.issues ?? []).flatMap(({ branches }) => branches),
  ...Object.values(DASHBOARDS).flatMap((make) => make(runbook) ?? []),
];

export const branchOf = (runbook: Runbook, branchId: string): Step | undefined =>
  allSteps(runbook).find(({ id }) => id === branchId && !isProcedureStep(runbook, id));

const isProcedureStep = ({ procedures }: Runbook, id: string): boolean =>
  procedures.some(({ steps }) => steps.some((step) => step.id === id));

/** What such a branch comes to is what the step it was taken for comes to; after any other the step is decided anew. */
export const ENDS_ITS_STEP: ReadonlySet<StepKind> = new Set<StepKind>([
  'build-release',
  'restore-database',
  'dashboard',
]);

/** When a branch counts as having done what it is for. */
export const CONTRACTS: Partial<Record<StepKind, string>> = {
  'build-release':
    'Verified as a deploy is: every machine on the image that this build made, checks passing, health answering.',
  'run-manual-sql':
    'Verified when the tables its `-- rollbook:` lines name are gone or there; else you say what you saw.',
  'restore-database': 'Verified when the project is up again and a query answers; starting it proves nothing.',
  dashboard: 'Confirmed by you, with what you saw.',
};

const FLY = /\b(?:deploy|images?)\b|rollback (?:fails|failed|does not)/i;
const REACH =
  /\b(?:log(?:ged|ging)?[ -]?in|re-?authenticat\w*|access|reach(?:ed|able)?|network|connect\w*|credentials?)\b/i;
const DATABASE = /\b(?:database|migrations?|sql)\b/i;
const STILL = /\bhealthy\b.*\b(?:broken|fails?|wrong)\b|\bstill (?:broken|there|fail\w*)\b|health checks? pass/i;

/** What an issue that fits a signature speaks of; codes of fly/errors.ts, database/errors.ts and their like. */
const TOPICS: Readonly<Record<string, RegExp>> = {
  'login-expired': REACH,
  'no-network': REACH,
  'app-not-found': REACH,
  'image-gone': FLY,
  'health-timeout': FLY,
  'never-started': FLY,
  'crash-loop': FLY,
  'release-command-failed': FLY,
  'sql-error': DATABASE,
  'statement-timeout': DATABASE,
  'lock-timeout': DATABASE,
  'not-permitted': DATABASE,
};

const KIND_TOPICS: Partial<Record<StepKind, RegExp>> = {
  'deploy-release': FLY,
  'deploy-releases': FLY,
  'confirm-effective': STILL,
  watch: STILL,
  'run-rollback-sql': DATABASE,
  'verify-database': DATABASE,
};

/** In the order to show them; a way that loses data is the last. Empty inside of a branch: there is no way out of a way out. */
export function offeredBranches(state: IncidentState, runbook: Runbook, step: Step): readonly OfferedBranch[] {
  if (state.branches.taken !== null) return [];
  const code = failureCode(state, step);
  const issues = runbook.issues ?? [];
  const bySignature = code === null ? [] : issues.filter((issue) => fitsCode(issue, code));
  const topic = KIND_TOPICS[step.kind];
  const byKind = topic === undefined ? [] : issues.filter((issue) => topic.test(`${issue.title} ${issue.symptoms}`));
  const fitting = bySignature.length > 0 ? bySignature : byKind;
  const offered = fitting.flatMap(({ title, advice, branches }) =>
    branches.map(
      (branch): OfferedBranch => ({
        branch,
        issue: title,
        advice,
        why: bySignature.length > 0 ? (code ?? '') : '',
        losesData: branch.kind === 'restore-database',
      }),
    ),
  );
  const hosts = offered.flatMap(({ branch }) => branch.link ?? []).map(hostOf);
  const own = (DASHBOARDS[step.kind]?.(runbook) ?? [])
    .filter(({ link }) => !hosts.includes(hostOf(link ?? '')))
    .map(
      (branch): OfferedBranch => ({
        branch,
        issue: null,
        advice: [],
        why: '',
        losesData: branch.id === RESTORE_ID,
      }),
    );
  return [...offered, ...own].toSorted((a, b) => lastness(a) - lastness(b));
}

/** A point-in-time restore stands behind everything else. */
const lastness = ({ branch, losesData }: OfferedBranch): number =>
  branch.kind === 'restore-database' ? 2 : Number(losesData);

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

const RESTORE_ID = 'dashboard/restore-backup';

const flyDashboard = (): readonly Step[] => [
  dashboardStep(
    'dashboard/fly',
    'https://fly.io/apps/$SERVICE/monitoring',
    'Use the Fly dashboard',
    'Rollbook cannot see what is done there: check the post-condition afterwards, or say what you saw.',
  ),
];

const supabaseDashboard = ({ settings }: Runbook): readonly Step[] =>
  settings.database?.project == null
    ? []
    : [
        dashboardStep(
          RESTORE_ID,
          `https://supabase.com/dashboard/project/${settings.database.project}/database/backups`,
          'Restore a backup in the Supabase dashboard',
          'All that was written since the backup is lost, and the project is down meanwhile. It needs an approval of its own.',
        ),
      ];

/** By the kind of step they are offered in; one id each. */
const DASHBOARDS: Partial<Record<StepKind, (runbook: Runbook) => readonly Step[]>> = {
  'deploy-release': flyDashboard,
  'deploy-releases': flyDashboard,
  'run-rollback-sql': supabaseDashboard,
  'verify-database': supabaseDashboard,
};

/** Where a dashboard branch leads, for this service. */
export const linkOf = ({ link = '' }: Step, { declared }: IncidentState): string =>
  link.replaceAll('$SERVICE', declared.service);
