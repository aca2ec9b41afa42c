/** Trouble in a drill besides the service itself: the network, Fly, deploys that hang, and other people. */
import { z } from 'zod';

const ms = z.number().nonnegative();

const foreignSchema = z.strictObject({
  /**
   * Number of reads of the list, since our last deploy or since the drill began, after which they deploy. Counted, not
   * timed, because a drill can run at any speed. The read at the declaration counts too.
   */
  afterReadings: z.number().int().positive(),
  /** Only after our own deploy is complete, so that it happens during the watch. */
  afterOwnDeploy: z.boolean().default(false),
  /** Tag of the image they deploy. */
  image: z.string(),
  description: z.string().default('Release'),
  user: z.strictObject({ id: z.string(), name: z.string(), email: z.string() }),
});

export const troubleSchema = z.strictObject({
  /** No host can be resolved or reached. */
  networkDown: z.boolean().default(false),
  /** The app does not exist, or this login may not see it. */
  appMissing: z.boolean().default(false),
  /** Updating the first machine never ends; `interrupt`: what the deploy does about it. */
  deployHangs: z.strictObject({ interrupt: z.enum(['ends', 'ignored']) }).optional(),
  /** Machines on which no new image ever becomes healthy. */
  neverHealthyOn: z.array(z.string()).default([]),
  /** How long after the start somebody else's deploy keeps the machines leased, in drill ms. */
  leaseHeldMs: ms.default(0),
  leaseHolder: z.string().default('ben@hotdash.example'),
  /** What Fly answers to everything: a refused token (GraphQL says so with 200, or all of it with 401), an error, nothing. */
  flyAnswers: z.enum(['token-rejected', '401', '500', '503', 'refused']).optional(),
  /**
   * One thing that Fly refuses, or that is wrong with the app: setting a secret, the update of the first machine, setting the
   * release to running or to complete, an app that does not listen where Fly's proxy looks for it.
   */
  fault: z.enum(['secret', 'update', 'release-running', 'release-complete', 'listen-address']).optional(),
  /** The DNS checks after a deploy: they pass, 8.8.8.8 cannot be reached, or the app has no public address to check. */
  dns: z.enum(['verified', 'unreachable', 'no-addresses']).default('verified'),
  /** Machines that ignore `fly machine stop`, which ends with 0 anyway. */
  stopIgnoredBy: z.array(z.string()).default([]),
  /** Somebody else deploys during the drill. */
  foreignDeploy: foreignSchema.optional(),
});

export type ScenarioTrouble = z.infer<typeof troubleSchema>;

export const NO_TROUBLE: ScenarioTrouble = troubleSchema.parse({});
