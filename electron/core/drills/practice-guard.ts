/** The last look before a command of a drill with real tools is run: everything it names ends in -test, or it is not run. */
import { PRACTICE, practiceProblem, type PracticeCommand } from '#shared/drills/practice-target.ts';
import type { PayloadOf } from '#shared/incident/event.ts';
import { RollbookError } from '#shared/contract/result.ts';

/** Code: `not-allowed`. A live incident and a drill on simulated tools pass. */
export function mustBePractice(declared: PayloadOf<'incident.declared'>, command: PracticeCommand): void {
  if (declared.kind !== 'drill' || declared.adapter !== 'real') return;
  const why = practiceProblem(command);
  if (why === null) return;
  throw new RollbookError(
    'not-allowed',
    `A drill with real tools touches only what ends in -test, and this command does not: ${why}.`,
    'Nothing was run. Give it a target that ends in -test, or practise it with simulated tools.',
  );
}

/** Code: `bad-arguments`. */
export function mustBePracticeService(service: string): void {
  if (PRACTICE.test(service)) return;
  throw new RollbookError(
    'bad-arguments',
    `A drill with real tools runs only on apps that end in -test, and ${service} does not.`,
    `Name ${service}-test, or run the drill with simulated tools.`,
  );
}
