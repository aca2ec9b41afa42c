/** The account behind the recordings of flyctl (test/fixtures/flyctl/README.md), as a scenario, and the state of each. */
import { type Scenario, scenarioSchema } from '#core/simulator/scenario.ts';
import { type SimulatedCloud } from '#core/simulator/simulated-cloud.ts';

const START = Date.parse('2026-11-29T04:31:30.640Z');
const ago = (minutes: number, more = 0): string => new Date(START - minutes * 60_000 + more).toISOString();
const TAG = (letter: string, number: number): string => `deployment-01K7${letter}SHOPAPI000000000000${number}`;
const [V7, V9, V10, V8] = [TAG('A1', 1), TAG('B2', 2), TAG('C3', 3), TAG('D4', 4)] as const;

const image = (tag: string, id: string, digest: string) => ({
  tag,
  id,
  digest: `sha256:${digest}`,
  warmupMs: 2_500,
  check: { status: 'passing', output: '{"status":"ok"}' },
  health: { status: 200, body: '{"status":"ok"}' },
});
const release = (version: number, tag: string, minutes: number, status = 'complete') => ({
  id: `rel8v${version}k7x2m`,
  version,
  status,
  image: tag,
  createdAt: ago(minutes),
  user: { id: 'usr_8kq2', name: 'Ann Example', email: 'ann@example.com' },
});
const machine = (id: string, name: string, instance: string, ip: string) => ({
  id,
  name,
  region: 'fra',
  image: V10,
  release: 10,
  instanceId: `01K7MACHINE${instance}`,
  privateIp: `fdaa:1:2a3b:a7b:${ip}:2`,
  createdAt: ago(30 * 24 * 60),
  updatedAt: ago(7),
});
export const [FIRST, SECOND] = ['5683d4e1c02b9e', 'd8e2f41a90b378'] as const;

const service = (app: string) => ({
  app,
  hostname: `${app}.fly.dev`,
  organization: 'harbor',
  organizationName: 'Harbor Works',
  health: `https://${app}.fly.dev/health`,
});
const IMAGES = [
  image(V7, 'img_a', '7'.repeat(64)),
  image(V9, 'img_z1npk0ye28r48w5o', '9'.repeat(64)),
  image(V8, 'img_d', '8'.repeat(64)),
  image(V10, 'img_c', 'd334befaf378f0b51395cb475ffeb8c116de17ab32d4bbbff9395f98a4483dc1'),
];

export const SHOP_API: Scenario = scenarioSchema.parse({
  name: 'shop-api',
  title: 'The account of the recordings',
  expected: 'verified',
  expectedRelease: 9,
  condition: 'outage',
  symptom: 'down',
  service: service('shop-api'),
  detectedAt: ago(5),
  startAt: ago(0),
  login: { state: 'valid', id: 'usr_8kq2', name: 'Ann Example', email: 'ann@example.com' },
  flyVersion: { version: '0.4.87', commit: '<none>', buildDate: '2026-08-20T18:56:30Z' },
  checkName: 'servicecheck-00-http-8080',
  latencies: { api: 5, resolveImage: 3, updateMachine: 3, startMachine: 1_510, finish: 3 },
  images: IMAGES,
  releases: [
    release(7, V7, 3 * 24 * 60),
    release(8, V8, 25 * 60, 'failed'),
    release(9, V9, 24 * 60 + 12),
    release(10, V10, 7),
  ],
  machines: [
    machine(SECOND, 'quiet-harbor-2211', '90B378', '1f1:aa01:2b2'),
    machine(FIRST, 'calm-reef-8120', 'C02B9E', '2c2:bb02:3c3'),
  ],
  logs: [
    { at: ago(7, 20_000), machine: SECOND, message: 'listening on 0.0.0.0:8080' },
    {
      at: ago(6, 20_000),
      machine: FIRST,
      level: 'error',
      message: 'TypeError: cannot read properties of undefined (reading "fare")',
    },
    {
      at: ago(6, 21_000),
      machine: FIRST,
      provider: 'proxy',
      message: 'instance refused connection. is your app listening on 0.0.0.0:8080?',
    },
  ],
  secrets: ['SESSION_KEY', 'DATABASE_URL'],
  others: [
    {
      service: service('shop-web'),
      images: IMAGES,
      releases: [release(10, V10, 7)],
      machines: [],
    },
  ],
  trouble: { dns: 'no-addresses', leaseHolder: 'bo@example.com' },
});

/** How the state of a recording differs from the account's: of the scenario, and what was done before. */
interface State {
  readonly scenario?: (scenario: Scenario) => Scenario;
  readonly cloud?: (cloud: SimulatedCloud) => SimulatedCloud;
  /** Commands that ran before, and then ms to wait. */
  readonly before?: readonly string[];
  readonly wait?: number;
}

const trouble =
  (change: Partial<Scenario['trouble']>): NonNullable<State['scenario']> =>
  (scenario) => ({ ...scenario, trouble: { ...scenario.trouble, ...change } });
const target =
  (change: Partial<Scenario['images'][number]>): NonNullable<State['scenario']> =>
  (scenario) => ({
    ...scenario,
    images: scenario.images.map((each) => (each.tag === V9 ? { ...each, ...change } : each)),
  });
const HOUR = 3_600_000;
const MACHINES = `${SECOND} ${FIRST}`;

/** Every row that fits the name of a recording applies, in this order. */
export const STATES: readonly (readonly [RegExp, State])[] = [
  [/^login-(?:none|older|without)/, { scenario: (it) => ({ ...it, login: { ...it.login, state: 'expired' } }) }],
  [/^token-rejected-401/, { scenario: trouble({ flyAnswers: '401' }) }],
  [/^token-rejected-(?!401)/, { scenario: trouble({ flyAnswers: 'token-rejected' }) }],
  [/^graphql-500/, { scenario: trouble({ flyAnswers: '500' }) }],
  [/^graphql-503/, { scenario: trouble({ flyAnswers: '503' }) }],
  [/^refused/, { scenario: trouble({ flyAnswers: 'refused' }) }],
  [/^no-network/, { scenario: trouble({ networkDown: true }) }],
  [/image-gone/, { scenario: target({ available: false }) }],
  [/crash-loop/, { scenario: target({ start: 'crashes' }) }],
  [/never-starts/, { scenario: target({ start: 'never-starts' }) }],
  [/reverted/, { scenario: target({ start: 'put-back' }) }],
  [/^deploy-health-fails/, { scenario: trouble({ neverHealthyOn: [SECOND] }) }],
  // With retries the machines are updated in another order; there the first one is that which fails.
  [/^retries-deploy-health-fails/, { scenario: trouble({ neverHealthyOn: [SECOND] }) }],
  [/waiting-for-health/, { scenario: trouble({ neverHealthyOn: [FIRST] }) }],
  [/update-hangs/, { scenario: trouble({ deployHangs: { interrupt: 'ends' } }) }],
  [
    /resolving-image/,
    { scenario: (it) => ({ ...it, latencies: { ...it.latencies, api: 3_000, resolveImage: 3_000 } }) },
  ],
  [/^secrets-set-refused/, { scenario: trouble({ fault: 'secret' }) }],
  [/update-refused/, { scenario: trouble({ fault: 'update' }) }],
  [/patch-running-fails/, { scenario: trouble({ fault: 'release-running' }) }],
  [/release-patch-fails/, { scenario: trouble({ fault: 'release-complete' }) }],
  [/wrong-listen-address/, { scenario: trouble({ fault: 'listen-address' }) }],
  [/lease-held/, { scenario: trouble({ leaseHeldMs: HOUR }) }],
  [/dns-check-fails/, { scenario: trouble({ dns: 'unreachable' }) }],
  [/no-checks/, { scenario: (it) => ({ ...it, checkName: null }) }],
  [/no-source/, { scenario: (it) => ({ ...it, checkout: { ...it.checkout, source: false } }) }],
  [/^checks-list/, { scenario: (it) => ({ ...it, images: it.images.map((each) => ({ ...each, warmupMs: 12_000 })) }) }],
  [/^logs-no-tail-empty/, { scenario: (it) => ({ ...it, logs: [] }) }],
  [/-json-stopped$|^status-stopped$|^machine-start/, { before: [`machine stop ${MACHINES} -a shop-api`], wait: 5_000 }],
  [/one-machine-stopped/, { before: [`machine stop ${SECOND} -a shop-api`], wait: 5_000 }],
  [/-cordoned$|^machine-uncordon/, { before: [`machine cordon ${MACHINES} -a shop-api`] }],
  [/^secrets-list.*-staged/, { before: ['secrets set MAINTENANCE_MODE=true -a shop-api --stage'] }],
  [/^releases-json-after-secrets-set|^secrets-unset$/, { before: ['secrets set MAINTENANCE_MODE=true -a shop-api'] }],
];
