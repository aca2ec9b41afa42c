/** For tests of the store: a temporary data folder, a stored runbook, and events to append. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { openStore, type StoreOptions } from '#core/store/open.ts';
import type { Draft, NewIncident, Store } from '#core/store/store.ts';

export const INCIDENT = '01JD0000000000000000000000';

/** Removed when the test ends, after the stores in it were closed. */
export function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-store-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

export async function open(folder: string, options: Partial<StoreOptions> = {}): Promise<Store> {
  const store = await openStore({ folder, session: 'session-1', boot: 'boot-1', ...options });
  onTestFinished(() => store.close());
  return store;
}

export const note = (text: string, more: Partial<Draft> = {}): Draft => ({
  at: 1_000,
  mono: 10,
  actor: 'ada',
  kind: 'note.added',
  v: 1,
  payload: { text },
  ...more,
});

export const notes = (count: number): Draft[] => Array.from({ length: count }, (_, index) => note(`note ${index + 1}`));

export async function pinned(store: Store): Promise<{ runbookHash: string; modelHash: string }> {
  const { hash, modelHash } = await store.runbooks.put({
    name: 'bundled',
    source: '# Runbook\n',
    model: { title: 'Runbook' },
    modelVersion: 1,
  });
  return { runbookHash: hash, modelHash };
}

export async function declare(store: Store, count = 1, more: Partial<NewIncident> = {}): Promise<string> {
  const pin = await pinned(store);
  const incident: NewIncident = {
    id: INCIDENT,
    kind: 'live',
    adapter: 'real',
    title: 'Complete outage',
    severity: 'P0',
    declaredAt: 1_000,
    ...pin,
    ...more,
  };
  await store.create(incident, notes(count));
  return incident.id;
}

/** Matches a RollbookError with this code. */
export const failure = (code: string, message = '', details?: object): unknown =>
  expect.objectContaining({
    name: 'RollbookError',
    code,
    message: expect.stringContaining(message) as string,
    ...(details === undefined ? {} : { details: expect.objectContaining(details) as object }),
  });
