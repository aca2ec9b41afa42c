/** Reads the events of the newest incident from the store. */
import Database from 'better-sqlite3';
import { join } from 'node:path';
import type { App } from './app.ts';

export interface Stored {
  readonly kind: string;
  readonly payload: Record<string, unknown>;
}

/** All events in order, with parsed payloads. */
export function storedEvents(app: App): readonly Stored[] {
  const db = new Database(join(String(app.env['ROLLBOOK_HOME']), 'rollbook.db'), { readonly: true });
  try {
    const rows = db
      .prepare('SELECT kind, payload FROM events WHERE incident_id = (SELECT max(id) FROM incidents) ORDER BY seq')
      .all() as { kind: string; payload: string }[];
    return rows.map(({ kind, payload }) => ({ kind, payload: JSON.parse(payload) as Record<string, unknown> }));
  } finally {
    db.close();
  }
}

export const storedOf = (app: App, kind: string): readonly Record<string, unknown>[] =>
  storedEvents(app)
    .filter((event) => event.kind === kind)
    .map(({ payload }) => payload);
