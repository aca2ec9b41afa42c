/** What a server tells of one session of ours while it works: what it waits for, and who holds that. Reads only. */

/** Sessions by the name they gave themselves; of what they wait for only locks, everything else passes by itself. */
export const sessionQuery = (application: string): string =>
  "/* rollbook session */ select coalesce(json_agg(json_build_object('state', coalesce(a.state, ''), " +
  "'waits', case when a.wait_event_type = 'Lock' then coalesce(a.wait_event, 'lock') else '' end, 'blockers', " +
  "(select coalesce(json_agg(json_build_object('pid', b.pid, 'application', coalesce(b.application_name, ''), " +
  "'state', coalesce(b.state, '')) order by b.pid), '[]') from pg_stat_activity b where b.pid = any(pg_blocking_pids(a.pid))))), '[]') " +
  `from pg_stat_activity a where a.application_name = '${application.replaceAll("'", "''")}'`;

export interface SessionSeen {
  /** As PostgreSQL says it: `active`, `idle in transaction`. */
  readonly state: string;
  /** The kind of lock it waits for, `relation` for a table; '' when for none. */
  readonly waits: string;
  /** Whose locks it waits for: process ids of the server. */
  readonly blockers: readonly { readonly pid: number; readonly application: string; readonly state: string }[];
}

/** `active, waits for a lock (relation) of process 4711 (psql, idle in transaction)`. */
export function sessionText({ state, waits, blockers }: SessionSeen): string {
  const who = blockers.map(({ pid, application, state: does }) => {
    const about = [application, does].filter((word) => word !== '').join(', ');
    return `process ${pid}${about === '' ? '' : ` (${about})`}`;
  });
  const lock = waits === '' ? '' : `, waits for a lock (${waits})${who.length === 0 ? '' : ` of ${who.join(' and ')}`}`;
  return `${state === '' ? 'there' : state}${lock}`;
}
