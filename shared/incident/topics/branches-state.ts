/** What is known of branches, of values a person gave, and of logins. */
import type { PayloadOf } from '../event.ts';

export interface BranchState {
  /** The branch that is gone now instead of the step it was offered in. */
  readonly taken: PayloadOf<'branch.taken'> | null;
  /** By variable: where it was given, and what; null: a secret in memory. */
  readonly values: Readonly<Record<string, { readonly stepId: string; readonly value: string | null }>>;
  readonly built: PayloadOf<'release.built'> | null;
  readonly sql: PayloadOf<'sql.chosen'> | null;
  readonly restore: PayloadOf<'restore.read'> | null;
  readonly restoreTo: PayloadOf<'restore.chosen'> | null;
  /** A tool whose login has expired, and what is being done about it. */
  readonly login: LoginState | null;
  /** When a login that had expired worked again, ms; null: none did. */
  readonly renewedAt: number | null;
}

export interface LoginState {
  readonly tool: string;
  /** The step whose command found out; where it goes on. */
  readonly stepId: string;
  /** null: nobody was asked to log in yet. */
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
