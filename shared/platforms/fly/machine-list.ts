/** What `fly machine list --json` prints: every machine of the app, also those that no deploy made (flyctl internal/command/machine/list.go). */
import { z } from 'zod';
import { readJsonOutput } from '../json-output.ts';
import { type FlyMachine, machineSchema, toMachine } from './status.ts';

export interface ListedMachine extends FlyMachine {
  /** Its services are deactivated, so that Fly's proxy neither asks nor starts it; null where flyctl does not say. */
  readonly cordoned: boolean | null;
}

const listSchema = z.array(machineSchema.extend({ cordoned: z.boolean().nullish() })).nullable();

/** Without those that are gone. @throws RollbookError `unexpected-output` when it is not a list of machines. */
export function parseMachineList(stdout: string): readonly ListedMachine[] {
  const machines = readJsonOutput('fly machine list --json', stdout, listSchema) ?? [];
  return machines
    .filter(({ state }) => state !== 'destroyed' && state !== 'destroying')
    .map((machine) => ({ ...toMachine(machine), cordoned: machine.cordoned ?? null }));
}
