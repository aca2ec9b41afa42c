/** A fake Management API of Supabase: one project, its backups, and a restore that begins at once. */
import { REF, TOKEN } from './failures.ts';
import type { Asked, Reply } from './fake-server.ts';

const PROJECT = {
  id: REF,
  ref: REF,
  name: 'shop',
  organization_id: 'org',
  organization_slug: 'org',
  region: 'us-east-1',
  status: 'ACTIVE_HEALTHY',
  created_at: '2025-01-01T00:00:00Z',
  database: { host: `db.${REF}.fake.test`, version: '15.1', postgres_engine: '15', release_channel: 'ga' },
};
const BACKUPS = {
  region: 'us-east-1',
  pitr_enabled: true,
  walg_enabled: true,
  backups: [{ id: 1, is_physical_backup: true, status: 'COMPLETED', inserted_at: '2026-02-08T16:44:07Z' }],
  physical_backup_data: {
    earliest_physical_backup_date_unix: 1707000000,
    latest_physical_backup_date_unix: 1707500000,
  },
};

export function managementApi({ method, path, headers }: Asked): Reply {
  if (headers.authorization !== `Bearer ${TOKEN}`) return { status: 401, body: { message: 'Unauthorized' } };
  if (path === '/v1/projects') return { status: 200, body: [PROJECT] };
  if (path === `/v1/projects/${REF}`) return { status: 200, body: PROJECT };
  if (path === `/v1/projects/${REF}/database/backups`) return { status: 200, body: BACKUPS };
  if (method === 'POST' && path === `/v1/projects/${REF}/database/backups/restore-pitr`) return { status: 201 };
  return { status: 404, body: { message: `no route ${method} ${path}` } };
}
