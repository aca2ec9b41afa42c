/** What goes wrong in a drill beside the service itself: the way to Fly, the deploy under way, and other people. */
import { z } from 'zod';

const ms = z.number().nonnegative();

const foreignSchema = z.strictObject({
  /**
   * After so many readings of the list since the last deploy of one's own, or since the drill began. Counted, not
   * timed: a drill may run at any speed. The reading of the declaration counts too.
   */
  afterReadings: z.number().int().positive(),
  /** Only once a deploy of one's own is complete: somebody comes in during the watch. */
  afterOwnDeploy: z.boolean().default(false),
  /** Tag of the image they deploy. */
  image: z.string(),
  description: z.string().default('Release'),
  user: z.strictObject({ id: z.string(), name: z.string(), email: z.string() }),
});

export const troubleSchema = z.strictObject({
  /** No name is resolved and no host is reached from this machine. */
  networkDown: z.boolean().default(false),
  /** Fly knows no such app, or this login may not see it. */
  appMissing: z.boolean().default(false),
  /** Updating the first machine never ends; `interrupt`: what the deploy does about it. */
  deployHangs: z.strictObject({ interrupt: z.enum(['ends', 'ignored']) }).optional(),
  /** Machines on which no new image ever becomes healthy. */
  neverHealthyOn: z.array(z.string()).default([]),
  /** Somebody else's deploy holds the machines for so long after the drill began, in drill ms. */
  leaseHeldMs: ms.default(0),
  /** Machines that take no notice of `fly machine stop`, which ends with 0 all the same. */
  stopIgnoredBy: z.array(z.string()).default([]),
  /** Somebody else deploys meanwhile. */
  foreignDeploy: foreignSchema.optional(),
});

export type ScenarioTrouble = z.infer<typeof troubleSchema>;

export const NO_TROUBLE: ScenarioTrouble = troubleSchema.parse({});
