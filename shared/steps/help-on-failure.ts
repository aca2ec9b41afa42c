/**
 * Help that several kinds offer when a step fails: the issues of the runbook, choosing something else, and the dashboards
 * of the tool. A regular expression is matched against the title and the symptoms of an "Issue: ..." section.
 */
import { flyDashboard, supabaseDashboard } from '../platforms/dashboards.ts';
import type { StepKindDefinition } from './step-kind.ts';

type HelpOnFailure = Pick<StepKindDefinition, 'afterChoice' | 'issues' | 'dashboards'>;

export const ABOUT_DEPLOY = /\b(?:deploy|images?)\b|rollback (?:fails|failed|does not)/i;
export const ABOUT_ACCESS =
  /\b(?:log(?:ged|ging)?[ -]?in|re-?authenticat\w*|access|reach(?:ed|able)?|network|connect\w*|credentials?)\b/i;
export const ABOUT_DATABASE = /\b(?:database|migrations?|sql)\b/i;
const ABOUT_SYMPTOM =
  /\bhealthy\b.*\b(?:broken|fails?|wrong)\b|\bstill (?:broken|there|fail\w*)\b|health checks? pass/i;

const OTHER_RELEASE = ['choose-release', 'choose-releases'] as const;

/** For a deploy that failed. */
export const DEPLOY_HELP: HelpOnFailure = {
  afterChoice: OTHER_RELEASE,
  issues: ABOUT_DEPLOY,
  dashboards: flyDashboard,
};

/** For a database that is not as the rollback should have left it. */
export const DATABASE_HELP: HelpOnFailure = {
  afterChoice: ['choose-migration'],
  issues: ABOUT_DATABASE,
  dashboards: supabaseDashboard,
};

/** For a symptom that remains or comes back after a deploy. */
export const SYMPTOM_HELP: HelpOnFailure = { afterChoice: OTHER_RELEASE, issues: ABOUT_SYMPTOM };
