import { allCommands } from '../commands.ts';
import { NOT_UNDERSTOOD } from './authority.ts';
import type { FrontMatterReading } from './front-matter.ts';
import { definitionOf } from '../../steps/registry.ts';
import type { Command, Gap, Procedure, Runbook, Settings } from '../model.ts';
import { STEP_KINDS } from '../../steps/kinds.ts';

type Draft = Omit<Runbook, 'gaps' | 'blocks' | 'sections'>;

/** Finds what is missing in the finished model for its procedures to be run and proven. */
export function findGaps(
  runbook: Draft,
  { front, lineOf, settings }: FrontMatterReading,
  found: readonly Gap[],
): readonly Gap[] {
  const procedures = new Set(runbook.procedures.map(({ id }) => id));
  const all = allCommands(runbook);
  return [
    ...whole(runbook, all, front === null ? 1 : lineOf(['rollbook'])).filter(
      // There is such a line, but it was not understood: that is reported already.
      ({ code }) => code !== 'no-authority' || !found.some((each) => each.code === NOT_UNDERSTOOD),
    ),
    ...asked(all, runbook, settings.variables),
    ...noDatabase(runbook),
    ...runbook.procedures.flatMap(unproven),
    ...runbook.procedures.flatMap(unusedProofs),
    ...runbook.procedures.flatMap(unknownEffects),
    ...unknownServices(runbook),
    ...markerGaps(runbook),
    ...halfPairs(runbook, lineOf(['maintenance'])),
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
      'Write a section with a heading such as "Option 1: Application rollback" and numbered steps.',
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

/** What is asked for without a declaration, at the first command that has it. */
function asked(commands: readonly Command[], { settings }: Draft, declared: Settings['variables']): readonly Gap[] {
  return Object.entries(settings.variables).flatMap(([name, variable]): readonly Gap[] => {
    if (variable.from !== 'prompt' || Object.hasOwn(declared, name)) return [];
    const first = commands.find(({ variables }) => variables.includes(name));
    if (first === undefined) return [];
    const line = lineOfVariable(first, name);
    const where = variable.environment === true ? ' unless the environment has it' : '';
    return [
      gap(
        line,
        'asked',
        `${name} is asked for before the command runs${where}.`,
        `Declare ${name} under \`variables:\` in the front matter to give it a question and a pattern.`,
      ),
    ];
  });
}

/** The line of a command that first uses a variable. */
export function lineOfVariable({ text, line }: Pick<Command, 'text' | 'line'>, name: string): number {
  const at = text.search(new RegExp(`\\$\\{?${name}\\b`));
  return line + text.slice(0, Math.max(0, at)).split('\n').length - 1;
}

/** Proofs in steps that Rollbook proves in its own way are never run. */
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
            `\`${text}\` is marked as a proof, but a step of kind ${kind} is not proven by commands.`,
            'Remove the word proof from the fence, or make it a plain step.',
          ),
        ),
    );
}

/** Steps on a database get it from the front matter only. */
function noDatabase({ procedures, settings }: Draft): readonly Gap[] {
  const step = procedures.flatMap(({ steps }) => steps).find((each) => definitionOf(each).needsDatabase === true);
  if (step === undefined || settings.database !== undefined) return [];
  return [
    gap(
      step.line,
      'no-database',
      'No database is declared, so none can be rolled back.',
      'Declare `database: { url, project, name }` in the front matter.',
    ),
  ];
}

/** A change without a later reading can only end `unverified`. */
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
        'Add a step after it that reads the state.',
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
        'Write effect=read or effect=change after the language of its fence.',
      ),
    );
}

/** Steps that the maintenance marker proves need one in the front matter. */
function markerGaps({ procedures, settings }: Draft): readonly Gap[] {
  if (settings.maintenance !== undefined) return [];
  const steps = procedures.flatMap((procedure) => procedure.steps);
  const marked =
    steps.find((step) => definitionOf(step).marker === 'shown') ?? steps.find((step) => definitionOf(step).marker);
  if (marked === undefined) return [];
  return [
    gap(
      Math.max(1, marked.line),
      'no-maintenance-marker',
      'No maintenance marker is declared, so maintenance mode can only end unverified.',
      'Declare `maintenance: { url, marker }` in the front matter.',
    ),
  ];
}

/** A kind whose change another kind takes back: the runbook has to have both or neither. */
function halfPairs({ procedures }: Draft, line: number): readonly Gap[] {
  const steps = procedures.flatMap((procedure) => procedure.steps);
  return STEP_KINDS.flatMap((kind) => {
    const { undoneBy } = definitionOf({ kind });
    if (undoneBy === undefined) return [];
    const change = steps.find((step) => step.kind === kind);
    const undo = steps.find((step) => step.kind === undoneBy.kind);
    if ((change === undefined) === (undo === undefined)) return [];
    const [missing, message] = change === undefined ? [kind, undoneBy.noChange] : [undoneBy.kind, undoneBy.noUndo];
    return [gap((change ?? undo)?.line ?? line, undoneBy.gap, message, `Mark it with step=${missing}.`)];
  });
}

function gap(line: number, code: string, message: string, advice: string): Gap {
  return { line, code, message, advice };
}
