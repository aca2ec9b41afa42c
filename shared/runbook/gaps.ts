import { allCommands } from './all-commands.ts';
import { NOT_UNDERSTOOD } from './authority.ts';
import { linesWithin } from './line-within.ts';
import type { FrontMatterReading } from './front-matter.ts';
import { maintenanceGaps } from './maintenance-gaps.ts';
import { definitionOf } from '../steps/registry.ts';
import type { Command, Gap, Procedure, Runbook } from './model.ts';

/** Names every shell has; a runbook need not declare them. */
const SHELL_NAMES = new Set([
  'HOME',
  'PATH',
  'USER',
  'PWD',
  'HOSTNAME',
  'SHELL',
  'TMPDIR',
  'RANDOM',
  'SECONDS',
  'LANG',
]);

type Draft = Omit<Runbook, 'gaps' | 'blocks' | 'sections'>;

/** What a runbook lacks so that its procedures could be run and proven; found in the finished model. */
export function findGaps(runbook: Draft, { front, lineOf }: FrontMatterReading, found: readonly Gap[]): readonly Gap[] {
  const procedures = new Set(runbook.procedures.map(({ id }) => id));
  const all = allCommands(runbook);
  return [
    ...whole(runbook, all, front === null ? 1 : lineOf(['rollbook'])).filter(
      // Something does say it, in words that were not understood: the gap at its line is the one to mend.
      ({ code }) => code !== 'no-authority' || !found.some((each) => each.code === NOT_UNDERSTOOD),
    ),
    ...undeclared(all, runbook),
    ...noDatabase(runbook),
    ...runbook.procedures.flatMap(unproven),
    ...runbook.procedures.flatMap(unusedProofs),
    ...runbook.procedures.flatMap(unknownEffects),
    ...unknownServices(runbook),
    ...maintenanceGaps(runbook, lineOf(['maintenance'])),
    ...(front?.authority ?? []).flatMap((rule, index) =>
      rule.procedures
        .filter((id) => !procedures.has(id))
        .map((id) =>
          gap(
            lineOf(['authority', index]),
            'procedure-not-found',
            `There is no procedure "${id}".`,
            'Correct the id under `authority:`.',
          ),
        ),
    ),
  ];
}

function whole(runbook: Draft, commands: readonly Command[], line: number): readonly Gap[] {
  const lacks: readonly (readonly [boolean, string, string, string])[] = [
    [
      runbook.procedures.length === 0,
      'no-procedures',
      'No procedure was found.',
      'Give a section a heading such as "Option 1: Application rollback" and number its steps.',
    ],
    [
      runbook.matrix.rows.length === 0,
      'no-matrix',
      'No decision matrix was found.',
      'Add a table with the columns Severity, Condition, Action and Timeframe.',
    ],
    [
      runbook.authority.length === 0,
      'no-authority',
      'Nothing says who may decide on a rollback.',
      'Add a section "Rollback authority" with a line for each severity.',
    ],
    [
      runbook.settings.services.length === 0 && commands.length > 0,
      'no-services',
      'No service is declared, so no release can be proposed and no health address checked.',
      'Declare `services:` in the front matter.',
    ],
  ];
  return lacks.filter(([lacking]) => lacking).map(([, code, message, advice]) => gap(line, code, message, advice));
}

function undeclared(commands: readonly Command[], { settings }: Draft): readonly Gap[] {
  return commands.flatMap(({ line, text, variables }) => {
    const unknown = variables.filter((name) => !Object.hasOwn(settings.variables, name) && !SHELL_NAMES.has(name));
    if (unknown.length === 0) return [];
    const lineOf = linesWithin(line, text, /\$\{?(\w+)/g);
    return unknown.map((name) =>
      gap(
        lineOf(name),
        'unknown-variable',
        `$${name} is not declared.`,
        `Declare ${name} under \`variables:\` in the front matter.`,
      ),
    );
  });
}

/** Proofs of a step that has a post-condition of its own would be waited for in vain. */
function unusedProofs({ steps }: Procedure): readonly Gap[] {
  return steps
    .filter((step) => definitionOf(step).provenBy !== 'commands')
    .flatMap(({ kind, commands }) =>
      commands
        .filter(({ proves }) => proves !== undefined)
        .map(({ line, text }) =>
          gap(
            line,
            'unused-proof',
            `\`${text}\` is marked as a proof, but a step of the kind ${kind} is not proven by commands.`,
            'Take the word proof out of the fence, or make a plain step of it.',
          ),
        ),
    );
}

/** Steps on a database know which one they mean from the front matter alone. */
function noDatabase({ procedures, settings }: Draft): readonly Gap[] {
  const step = procedures.flatMap(({ steps }) => steps).find((each) => definitionOf(each).needsDatabase === true);
  if (step === undefined || settings.database !== undefined) return [];
  return [
    gap(
      step.line,
      'no-database',
      'Nothing says which database is meant, so none can be rolled back.',
      'Declare `database: { url, project, name }` in the front matter.',
    ),
  ];
}

/** A change that nothing looks at afterwards can only end `unverified`. */
function unproven({ steps }: Procedure): readonly Gap[] {
  const commands = steps.flatMap((step) =>
    step.commands.map((command) => ({
      command,
      proves: definitionOf(step).checksEarlierSteps === true || command.effect === 'read',
      proven: definitionOf(step).provenBy === 'rollbook',
    })),
  );
  const lastProof = commands.findLastIndex(({ proves }) => proves);
  return commands
    .filter(({ command, proven }, index) => command.effect === 'change' && !proven && lastProof <= index)
    .map(({ command }) =>
      gap(
        command.line,
        'no-post-condition',
        `Nothing checks what \`${command.text}\` did.`,
        'Let a step that reads the state follow.',
      ),
    );
}

function unknownServices({ procedures, settings }: Draft): readonly Gap[] {
  const known = new Set<string>(settings.services.map(({ id }) => id));
  const steps = procedures.flatMap((procedure) => procedure.steps);
  return steps.flatMap(({ line, services = [] }) =>
    services
      .filter((name) => !known.has(name))
      .map((name) =>
        gap(
          line,
          'unknown-service',
          `There is no service "${name}".`,
          'Correct services=, or declare it in the front matter.',
        ),
      ),
  );
}

function unknownEffects({ steps }: Procedure): readonly Gap[] {
  return steps
    .flatMap(({ commands }) => commands)
    .filter(({ effect }) => effect === 'unknown')
    .map(({ line, text }) =>
      gap(
        line,
        'unknown-effect',
        `It is not known whether \`${text}\` reads or changes; it is treated as a change.`,
        'Write effect=read or effect=change behind the language of its fence.',
      ),
    );
}

function gap(line: number, code: string, message: string, advice: string): Gap {
  return { line, code, message, advice };
}
