/** The GraphQL side: queries are anonymous and told apart by what they contain (flyctl v0.4.87, fly-go v0.9.6). */
import type { Reply } from '../fake-server.ts';
import { digestOf, type FakeFlyCloud } from './fake-cloud.ts';

interface Query {
  readonly query: string;
  /** flyctl sends null when there are none. */
  readonly variables?: Readonly<Record<string, string>> | null;
}

const AT = '2026-10-13T10:30:00Z';

export function answerGraphql(cloud: FakeFlyCloud, { query, variables: given }: Query): Reply {
  const variables = given ?? {};
  const named = variables['appName'] ?? variables['name'] ?? variables['id'] ?? cloud.app;
  if (query.includes('viewer')) return data({ viewer: { id: 'u1', email: 'ann@example.com', enablePaidHobby: false } });
  if (named !== cloud.app) return notFound(named);
  if (query.includes('releasesUnprocessed(')) return data({ app: { releases: { nodes: releases(cloud) } } });
  if (query.includes('image(ref:')) return image(cloud, variables['imageRef'] ?? variables['imageref'] ?? '');
  if (query.includes('currentReleaseUnprocessed') && query.includes('configDefinition')) {
    const definition = { app: cloud.app, http_service: { internal_port: 8080 } };
    return data({ app: { currentReleaseUnprocessed: { configDefinition: definition } } });
  }
  if (query.includes('currentReleaseUnprocessed'))
    return data({ app: { currentRelease: { version: cloud.releases[0]?.version ?? 0 } } });
  if (query.includes('atestImage')) return failed('Unknown repository', 'NOT_FOUND');
  if (query.includes('egressIpAddresses')) return data({ app: { egressIpAddresses: { nodes: [] } } });
  return data({ appcompact: appOf(cloud), app: appOf(cloud), appbasic: appOf(cloud) });
}

const data = (value: unknown): Reply => ({ status: 200, body: { data: value } });

const failed = (message: string, code: string): Reply => ({
  status: 200,
  body: { data: null, errors: [{ message, path: ['app'], extensions: { code } }] },
});

const notFound = (app: string): Reply => failed(`Could not find App "${app}"`, 'NOT_FOUND');

const releases = (cloud: FakeFlyCloud): readonly unknown[] =>
  cloud.releases.map(({ id, version, status, imageRef }) => ({
    id,
    version,
    status,
    imageRef,
    description: 'Release',
    reason: '',
    stable: false,
    user: { id: 'u1', email: 'ann@example.com', name: 'Ann' },
    createdAt: AT,
  }));

function image(cloud: FakeFlyCloud, ref: string): Reply {
  const gone = cloud.trouble === 'image-gone' || !cloud.releases.some(({ imageRef }) => imageRef === ref);
  if (gone) return failed(`Could not find image "${ref}"`, 'NOT_FOUND');
  // compressedSize is a number written as text.
  return data({
    app: { id: cloud.app, image: { id: 'img_1', digest: digestOf(ref), ref, compressedSize: '1024', manifest: {} } },
  });
}

const appOf = ({ app }: FakeFlyCloud): Record<string, unknown> => ({
  id: app,
  internalNumericId: 1,
  name: app,
  hostname: `${app}.fly.dev`,
  cnameTarget: '',
  deployed: true,
  network: 'default',
  status: 'deployed',
  appUrl: '',
  platformVersion: 'machines',
  organization: { id: 'o1', internalNumericId: '1', slug: 'org', paidPlan: false },
  postgresAppRole: { name: '' },
});
