/**
 * The names of all kinds of steps. `registry.ts` has their definitions; a name without a row there does not compile.
 * `task` is the plain kind: commands, messages and checks in the order written.
 */
export const STEP_KINDS = [
  'task',
  'choose-release',
  'deploy-release',
  'confirm-effective',
  'watch',
  'maintenance-on',
  'maintenance-off',
  'stop-machines',
  'start-machines',
  'choose-releases',
  'deploy-releases',
  'identify-database',
  'choose-migration',
  'dump-tables',
  'run-rollback-sql',
  'verify-database',
  'build-release',
  'run-manual-sql',
  'restore-database',
  'restart-service',
  'dashboard',
] as const;

/** The kinds that a step gets although no fence names them. */
export const GIVEN_KIND = {
  /** Without `step=`. */
  plain: 'task',
  /** With `watch=`. */
  watched: 'watch',
  /** Added where the runbook does not ask whether the symptom is gone. */
  symptomQuestion: 'confirm-effective',
  /** Done on a website: the links of issues and platforms. */
  website: 'dashboard',
} as const satisfies Readonly<Record<string, StepKind>>;

export type StepKind = (typeof STEP_KINDS)[number];
