/** What is known of a database rollback: which database, which migration, whether a dump was proven. */
import type { PayloadOf } from '../event.ts';

export interface DatabaseState {
  readonly identified: PayloadOf<'database.identified'> | null;
  /** A person confirmed that it is the right one. */
  readonly confirmed: boolean;
  readonly migrations: PayloadOf<'migrations.read'> | null;
  readonly choice: PayloadOf<'migration.chosen'> | null;
  readonly dump: PayloadOf<'dump.proven'> | null;
  /** The session of the newest changing psql, as it was last seen on the server. */
  readonly session: PayloadOf<'session.seen'> | null;
  /** Rows just before the SQL. */
  readonly before: PayloadOf<'rows.counted'>['counts'];
}

export const NO_DATABASE: DatabaseState = {
  identified: null,
  confirmed: false,
  migrations: null,
  choice: null,
  dump: null,
  session: null,
  before: null,
};
