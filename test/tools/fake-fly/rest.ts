/** The REST side for releases and builds (uiex, flyctl v0.3.227 and newer), and the logs. */
import type { Asked, Reply } from '../fake-server.ts';
import type { FakeFlyCloud, FakeRelease } from './fake-cloud.ts';

const AT = '2026-10-13T10:30:00Z';

export function answerRest(cloud: FakeFlyCloud, { method, path, body }: Asked): Reply {
  const parts = path.split('/').slice(3);
  if (parts[0] === 'organizations')
    return { status: 200, body: { organization: { id: 'o1', slug: parts[1], name: 'org', internal_numeric_id: 1 } } };
  if (parts[0] === 'builds') return { status: 200, body: { id: 1, status: 'completed', wallclock_time_ms: 0 } };
  if (parts[0] === 'apps' && parts[1] !== cloud.app) return { status: 404, body: { error: 'Not Found' } };
  if (parts[0] === 'apps' && parts[2] === 'logs') return logs(cloud);
  if (parts[0] === 'apps' && parts[2] === 'releases')
    return { status: 200, body: { releases: cloud.releases.map(releaseOf) } };
  if (parts[0] === 'releases' && method === 'POST') return create(cloud, body);
  if (parts[0] === 'releases' && method === 'PATCH') return patch(cloud, parts[1], body);
  return { status: 404, body: { error: `no route ${method} ${path}` } };
}

/** With an empty page flyctl asks again for ever, --no-tail or not (logs/polling.go). */
function logs({ trouble }: FakeFlyCloud): Reply {
  const entry = {
    id: '1',
    attributes: {
      timestamp: AT,
      message: 'hello',
      level: 'info',
      instance: 'e78',
      region: 'iad',
      meta: { event: { provider: 'app' } },
    },
  };
  return { status: 200, body: { data: trouble === 'empty-logs' ? [] : [entry], meta: { next_token: 'x' } } };
}

function create(cloud: FakeFlyCloud, body: unknown): Reply {
  const { image = '' } = (body ?? {}) as { readonly image?: string };
  if (cloud.trouble === 'image-gone') return { status: 404, body: { error: `Could not find image ${image}` } };
  const version = (cloud.releases[0]?.version ?? 0) + 1;
  const release: FakeRelease = { id: `r${version}`, version, imageRef: image, status: 'pending' };
  cloud.releases.unshift(release);
  return { status: 201, body: { release: releaseOf(release) } };
}

function patch(cloud: FakeFlyCloud, id: string | undefined, body: unknown): Reply {
  const release = cloud.releases.find((one) => one.id === id);
  if (release === undefined) return { status: 404, body: { error: 'release not found' } };
  release.status = (body as { readonly status?: string } | null)?.status ?? release.status;
  return { status: 200, body: { release: releaseOf(release) } };
}

const releaseOf = ({ id, version, status, imageRef }: FakeRelease): unknown => ({
  id,
  version,
  status,
  image_ref: imageRef,
  created_at: AT,
});
