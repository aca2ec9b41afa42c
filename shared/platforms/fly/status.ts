/** What `fly status --json` prints (flyctl v0.4.87 internal/command/status/machines.go). */
import { z } from 'zod';
import { readJsonOutput } from '../json-output.ts';
import { type FlyImage, mayBeSameImage, parseImage } from './image.ts';
import { isRunning } from './machine-states.ts';

export interface FlyCheck {
  readonly name: string;
  /** `passing`, `warning` or `critical`; empty when flyctl printed none. */
  readonly status: string;
  readonly output: string;
}

export interface FlyMachine {
  readonly id: string;
  /** `started`, `stopped`, `suspended`, `replacing`, ...; kept as printed. */
  readonly state: string;
  readonly region: string;
  /** Process group. */
  readonly group: string;
  /** `registry/repository:tag` of what the machine runs; empty when it has no tag. */
  readonly imageRef: string;
  readonly digest: string | null;
  /** The image its configuration asks for, as written there. */
  readonly configImage: string;
  /** The release that configured it, or null when its metadata names none. */
  readonly releaseVersion: number | null;
  readonly checks: readonly FlyCheck[];
  /** Fly's proxy sends it no requests and does not start it; null or missing: flyctl does not print it. */
  readonly cordoned?: boolean | null;
}

export interface FlyStatus {
  readonly app: string;
  readonly hostname: string;
  /** Number of the newest release; 0 when there is none. */
  readonly version: number;
  readonly machines: readonly FlyMachine[];
}

export const machineSchema = z.object({
  id: z.string(),
  state: z.string(),
  region: z.string().nullish(),
  image_ref: z
    .object({
      registry: z.string().nullish(),
      repository: z.string().nullish(),
      tag: z.string().nullish(),
      digest: z.string().nullish(),
    })
    .nullish(),
  config: z
    .object({ image: z.string().nullish(), metadata: z.record(z.string(), z.string().nullable()).nullish() })
    .nullish(),
  checks: z.array(z.object({ name: z.string(), status: z.string().nullish(), output: z.string().nullish() })).nullish(),
  cordoned: z.boolean().nullish(),
});

const statusSchema = z.object({
  Name: z.string(),
  Hostname: z.string().nullish(),
  Version: z.number().nullish(),
  Machines: z.array(machineSchema).nullable(),
});

/** @throws RollbookError `unexpected-output` when it is not a status. */
export function parseStatus(stdout: string): FlyStatus {
  const status = readJsonOutput('fly status --json', stdout, statusSchema);
  return {
    app: status.Name,
    hostname: status.Hostname ?? '',
    version: status.Version ?? 0,
    machines: (status.Machines ?? []).map(toMachine),
  };
}

export function toMachine(machine: z.infer<typeof machineSchema>): FlyMachine {
  const image = machine.image_ref;
  const metadata = machine.config?.metadata ?? {};
  const release = Number(metadata['fly_release_version'] ?? '');
  return {
    id: machine.id,
    state: machine.state,
    region: machine.region ?? '',
    group: metadata['fly_process_group'] || 'app',
    imageRef: image?.tag ? [image.registry, `${image.repository}:${image.tag}`].filter(Boolean).join('/') : '',
    digest: image?.digest || null,
    configImage: machine.config?.image ?? '',
    releaseVersion: Number.isInteger(release) && release > 0 ? release : null,
    checks: (machine.checks ?? []).map(({ name, status, output }) => ({
      name,
      status: status ?? '',
      output: output ?? '',
    })),
    ...(machine.cordoned == null ? {} : { cordoned: machine.cordoned }),
  };
}

/** The names and digests of a machine's image: of the running one, and of the one in its configuration. */
export function imagesOf(machine: FlyMachine): readonly FlyImage[] {
  const asked = parseImage(machine.configImage);
  return [
    { ref: machine.imageRef, digest: machine.digest },
    // A tag can be pushed again, so the digest belongs only to the running image.
    { ref: asked.ref, digest: asked.digest },
  ];
}

/** The process groups that have a started machine, each once. */
export const startedGroups = (status: FlyStatus): string[] => [
  ...new Set(status.machines.filter((machine) => machine.state === 'started').map((machine) => machine.group)),
];

/** The images that run now, each once, in the order of the machines. The timeline shows them as "versions". */
export function runningImages(
  status: FlyStatus,
): readonly { readonly version: number | null; readonly image: string; readonly digest: string | null }[] {
  const seen: { version: number | null; image: string; digest: string | null }[] = [];
  for (const machine of status.machines.filter(isRunning)) {
    const image = machine.imageRef || machine.configImage;
    const known = seen.some(
      (other) =>
        other.version === machine.releaseVersion &&
        mayBeSameImage({ ref: other.image, digest: other.digest }, { ref: image, digest: machine.digest }),
    );
    if (!known) seen.push({ version: machine.releaseVersion, image, digest: machine.digest });
  }
  return seen;
}

/**
 * What `fly machine list --json` prints: every machine of the app, also those that no deploy made (flyctl
 * internal/command/machine/list.go).
 */
export interface ListedMachine extends FlyMachine {
  /** Cordoned: Fly's proxy sends it no requests and does not start it; null: flyctl does not print it. */
  readonly cordoned: boolean | null;
}

const listSchema = z.array(machineSchema).nullable();

/**
 * The machines that exist; destroyed ones are left out. @throws RollbookError `unexpected-output` when it is not a list
 * of machines.
 */
export function parseMachineList(stdout: string): readonly ListedMachine[] {
  const machines = readJsonOutput('fly machine list --json', stdout, listSchema) ?? [];
  return machines
    .filter(({ state }) => state !== 'destroyed' && state !== 'destroying')
    .map((machine) => ({ ...toMachine(machine), cordoned: machine.cordoned ?? null }));
}
