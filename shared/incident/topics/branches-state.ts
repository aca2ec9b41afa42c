/** The state of branches, values given by a person, and logins. */
import type { PayloadOf } from '../event.ts';

export interface BranchState {
  /** The branch that is being followed instead of the step it was offered in. */
  readonly taken: PayloadOf<'branch.taken'> | null;
  /** By variable: the step it was given in, and the value; null for a secret, which is kept in memory only. */
  readonly values: Readonly<Record<string, { readonly stepId: string; readonly value: string | null }>>;
  readonly built: PayloadOf<'release.built'> | null;
  readonly sql: PayloadOf<'sql.chosen'> | null;
  readonly restore: PayloadOf<'restore.read'> | null;
  readonly restoreTo: PayloadOf<'restore.chosen'> | null;
  /** Set while a tool's login has expired. */
  readonly login: LoginState | null;
  /** When an expired login was last renewed, or null. */
  readonly renewedAt: number | null;
}

export interface LoginState {
  readonly tool: string;
  /** The step whose command failed on the login, and that continues afterwards. */
  readonly stepId: string;
  /** null until the login was opened. */
  readonly opened: PayloadOf<'login.opened'> | null;
}

export const NO_BRANCH: BranchState = {
  taken: null,
  values: {},
  built: null,
  sql: null,
  restore: null,
  restoreTo: null,
  login: null,
  renewedAt: null,
};
