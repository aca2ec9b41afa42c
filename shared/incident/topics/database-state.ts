/** The state of a database rollback: target, migration, dump. */
import type { PayloadOf } from '../event.ts';

export interface DatabaseState {
  readonly identified: PayloadOf<'database.identified'> | null;
  /** A person confirmed that this is the right database. */
  readonly confirmed: boolean;
  readonly migrations: PayloadOf<'migrations.read'> | null;
  readonly choice: PayloadOf<'migration.chosen'> | null;
  readonly dump: PayloadOf<'dump.proven'> | null;
  /** The server session of the newest changing psql, as last read. */
  readonly session: PayloadOf<'session.seen'> | null;
  /** Row counts immediately before the SQL. */
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
