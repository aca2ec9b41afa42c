/** What the events of a database rollback do to the state; rows of reduce-handlers.ts. */
import type { DATABASE_SCHEMAS } from './database-events.ts';
import { type DatabaseState, NO_DATABASE } from './database-state.ts';
import type { PayloadOf } from './event.ts';
import { type IncidentState, NO_STEP } from './state.ts';

type DatabaseKind = keyof typeof DATABASE_SCHEMAS;

type Handlers = {
  readonly [K in DatabaseKind]: (state: IncidentState, event: { readonly payload: PayloadOf<K> }) => IncidentState;
};

const known = (state: IncidentState, change: Partial<DatabaseState>): IncidentState => ({
  ...state,
  database: { ...state.database, ...change },
});

export const DATABASE_HANDLERS: Handlers = {
  // Another look at which database it is makes all that was learnt of the one before worthless.
  'database.identified': (state, { payload }) => known(state, { ...NO_DATABASE, identified: payload }),
  'database.confirmed': (state) => known(state, { confirmed: true }),
  'migrations.read': (state, { payload }) => known(state, { migrations: payload, choice: null, dump: null }),
  'migration.chosen': (state, { payload }) => known(state, { choice: payload, dump: null, before: null }),
  'migrations.changed': (state, { payload }) => ({
    ...known(state, { migrations: null, choice: null, dump: null }),
    steps: { ...state.steps, [payload.stepId]: NO_STEP },
  }),
  'dump.proven': (state, { payload }) => known(state, { dump: payload }),
  'session.seen': (state, { payload }) => known(state, { session: payload }),
  'rows.counted': (state, { payload }) => known(state, { before: payload.counts }),
};

/** Taking a step up again forgets what it had learnt: an old list must not be picked from. */
export function forgetStep(state: IncidentState, stepId: string): IncidentState {
  const { identified, migrations, dump } = state.database;
  if (identified?.stepId === stepId) return { ...state, database: NO_DATABASE };
  if (migrations?.stepId === stepId) return known(state, { migrations: null, choice: null, dump: null });
  return dump?.stepId === stepId ? known(state, { dump: null }) : state;
}
