/**
 * The schema of a drill scenario: a service, other services, their history, and how each image behaves. Files:
 * shared/scenarios.
 */
import { z } from 'zod';
import { OUTCOMES } from '#shared/incident/step-outcomes.ts';
import { databaseSchema } from './scenario-database.ts';
import { NO_TROUBLE, troubleSchema } from './scenario-trouble.ts';

const time = z.iso.datetime().transform((text) => Date.parse(text));
const ms = z.number().nonnegative();

const imageSchema = z.strictObject({
  /** The whole reference is `registry.fly.io/<app>:<tag>`. */
  tag: z.string().min(1),
  /** Fly's id of the image, printed by deploy. */
  id: z.string().regex(/^img_/),
  digest: z.string().regex(/^sha256:[0-9a-f]{64}$/),
  /** false: it was removed from the registry. */
  available: z.boolean().default(true),
  /** How a machine behaves with it; `put-back`: Fly cannot pull it and starts the old one again, of which fly says nothing. */
  start: z.enum(['runs', 'never-starts', 'crashes', 'put-back']).default('runs'),
  /** Time from the start until the checks and the health address answer as below; until then critical and 503. */
  warmupMs: ms.default(4_000),
  check: z.strictObject({ status: z.enum(['passing', 'warning', 'critical']), output: z.string() }),
  /** false: it ignores MAINTENANCE_MODE. */
  maintenance: z.boolean().default(true),
  /** What the public health address answers while this image serves. */
  health: z.strictObject({ status: z.number().int().min(100).max(599), body: z.string(), ms: ms.default(80) }),
});

const releaseSchema = z.strictObject({
  id: z.string().min(1),
  version: z.number().int().positive(),
  status: z.enum(['pending', 'running', 'complete', 'failed', 'interrupted']),
  description: z.string().default('Release'),
  /** Tag of its image, or null when none is recorded. */
  image: z.string().nullable(),
  createdAt: time,
  user: z.strictObject({ id: z.string(), name: z.string(), email: z.string() }),
});

const machineSchema = z.strictObject({
  id: z.string().regex(/^[0-9a-f]{14}$/),
  name: z.string(),
  region: z.string(),
  group: z.string().default('app'),
  image: z.string(),
  release: z.number().int().positive(),
  instanceId: z.string(),
  privateIp: z.string(),
  createdAt: time,
  updatedAt: time,
});

const logSchema = z.strictObject({
  at: time,
  machine: z.string(),
  provider: z.enum(['app', 'runner', 'proxy', 'health']).default('app'),
  level: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
  message: z.string(),
});

const serviceSchema = z.strictObject({
  app: z.string(),
  hostname: z.string(),
  organization: z.string(),
  organizationName: z.string().default('Drill'),
  health: z.url(),
  /** The public address, and what it shows. */
  page: z.strictObject({ url: z.url(), body: z.string(), maintenance: z.string() }).optional(),
});

/** Another service of the same account. */
const otherSchema = z.strictObject({
  service: serviceSchema,
  images: z.array(imageSchema).min(1),
  releases: z.array(releaseSchema),
  machines: z.array(machineSchema),
  logs: z.array(logSchema).default([]),
});

export const scenarioSchema = z
  .strictObject({
    name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    title: z.string().min(1),
    /** The outcome of the changing step with which the drill passes. */
    expected: z.enum(OUTCOMES),
    /** The release that must be proposed; null: none may be. */
    expectedRelease: z.number().int().nullable(),
    /** The condition of the matrix row it plays, as the bundled runbook writes it. */
    condition: z.string().min(1),
    /** The symptom that a person would notice. */
    symptom: z.string().min(1),
    service: serviceSchema,
    /** When the trouble was noticed, and drill time when the drill begins. */
    detectedAt: time,
    startAt: time,
    login: z.strictObject({
      state: z.enum(['valid', 'expired']),
      supabase: z.enum(['valid', 'none']).default('valid'),
      id: z.string(),
      name: z.string(),
      email: z.string(),
    }),
    flyVersion: z.strictObject({ version: z.string(), commit: z.string(), buildDate: z.iso.datetime() }),
    /** null: the app has no check. */
    checkName: z.string().nullable(),
    /** How long each part of a deploy takes, in drill ms; a machine's warm-up is its image's. */
    latencies: z.strictObject({ api: ms, resolveImage: ms, updateMachine: ms, startMachine: ms, finish: ms }),
    images: z.array(imageSchema).min(1),
    releases: z.array(releaseSchema),
    machines: z.array(machineSchema),
    logs: z.array(logSchema).default([]),
    /** Names of secrets that are set at the start. */
    secrets: z.array(z.string()).default([]),
    others: z.array(otherSchema).default([]),
    /** What `npm run` knows in the team's checkout: how long each script takes and how it ends. */
    scripts: z
      .record(
        z.string(),
        z.strictObject({
          exit: z.number().int(),
          output: z.string(),
          ms: ms.default(20_000),
          /** What package.json has for it, shown in npm's banner. */
          command: z.string().default('node test.js'),
        }),
      )
      .default({}),
    /** The team's checkout: its commit, its tags with their commits, and files that were changed and not committed. */
    checkout: z
      .strictObject({
        head: z.string(),
        tags: z.record(z.string(), z.string()),
        dirty: z.array(z.string()),
        /** false: the folder in which a deploy without an image runs has nothing to build. */
        source: z.boolean().default(true),
      })
      .default({
        head: '4e0c7d1b58a2f936e1d7c0b4a5f8293617ce4d02',
        tags: { 'v1.8.0': '9a1f6c3e7b204d58e6c1f07a9d35b8e24c61fa70' },
        dirty: [],
        source: true,
      }),
    /** Procedure it begins with; the first one of the matrix row unless given. */
    procedure: z.string().optional(),
    /** The procedures it goes on with, in this order, each when the step `at` is next. The autopilot takes them; a person decides. */
    switches: z
      .array(z.strictObject({ at: z.string().min(1), procedure: z.string().min(1), reason: z.string().min(1) }))
      .default([]),
    /** The database behind the service, for drills that roll back a migration. */
    database: databaseSchema.optional(),
    trouble: troubleSchema.default(NO_TROUBLE),
  })
  .superRefine((scenario, context) => {
    const tags = new Set(scenario.images.map((image) => image.tag));
    const missing = (tag: string, path: (string | number)[]): void => {
      if (!tags.has(tag)) context.addIssue({ code: 'custom', path, message: `no image has the tag ${tag}` });
    };
    scenario.releases.forEach((release, index) => {
      if (release.image !== null) missing(release.image, ['releases', index, 'image']);
    });
    scenario.machines.forEach((machine, index) => missing(machine.image, ['machines', index, 'image']));
    const theirs = scenario.trouble.foreignDeploy?.image;
    if (theirs !== undefined) missing(theirs, ['trouble', 'foreignDeploy', 'image']);
    const expected = scenario.expectedRelease;
    if (expected !== null && !scenario.releases.some((release) => release.version === expected)) {
      context.addIssue({ code: 'custom', path: ['expectedRelease'], message: `there is no release v${expected}` });
    }
    if (scenario.detectedAt > scenario.startAt) {
      context.addIssue({ code: 'custom', path: ['detectedAt'], message: 'is after startAt' });
    }
  });

export type Scenario = z.infer<typeof scenarioSchema>;
export type ScenarioImage = Scenario['images'][number];
