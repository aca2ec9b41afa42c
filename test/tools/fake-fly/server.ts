/**
 * A fake Fly service on 127.0.0.1: GraphQL, the Machines API, REST and logs at one address, as flyctl v0.4.87 asks for
 * them. Whatever does not bear the simulated cloud's token is refused with 401.
 */
import { type Asked, type FakeServer, fakeServer, type Reply } from '../fake-server.ts';
import { answerGraphql } from './graphql.ts';
import { answerMachines } from './machines.ts';
import { answerRest } from './rest.ts';
import type { FakeFlyCloud } from './fake-cloud.ts';

export const fakeFly = (cloud: FakeFlyCloud): Promise<FakeServer> =>
  fakeServer((asked) => slowed(cloud, route(cloud, asked)));

function route(cloud: FakeFlyCloud, asked: Asked): Reply {
  const { authorization = '' } = asked.headers;
  if (authorization.replace(/^(?:Bearer|FlyV1) /, '') !== cloud.token)
    return { status: 401, body: { error: 'unauthorized' } };
  if (asked.path === '/graphql') return answerGraphql(cloud, asked.body as Parameters<typeof answerGraphql>[1]);
  if (asked.path.startsWith('/v1/apps/')) return answerMachines(cloud, asked);
  if (asked.path.startsWith('/api/v1/')) return answerRest(cloud, asked);
  return { status: 404, body: { error: `no route ${asked.path}` } };
}

/** Slower than a person likes, faster than any limit. */
const slowed = ({ trouble }: FakeFlyCloud, reply: Reply): Reply =>
  trouble === 'slow' ? { ...reply, waitMs: 2_000 } : reply;

/** What points flyctl at it; other addresses it knows fail at once. */
export const flyEnvironment = ({ url }: FakeServer, { token }: FakeFlyCloud): Record<string, string> => ({
  FLY_API_BASE_URL: url,
  FLY_FLAPS_BASE_URL: url,
  FLY_UIEX_BASE_URL: url,
  FLY_API_TOKEN: token,
  FLY_NO_UPDATE_CHECK: '1',
  FLY_SEND_METRICS: '0',
  FLY_SYNTHETICS_AGENT: '0',
  FLY_NO_INCIDENTS_CHECK: '1',
  HTTPS_PROXY: 'http://127.0.0.1:9',
  CI: '1',
});
