/** Every step of the bundled runbook that changes anything has an outcome contract. */
import { describe, expect, it } from 'vitest';
import type { StepKind } from '#shared/steps/kinds.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { proofsOf } from '#shared/steps/proofs.ts';
import { bundled } from './fixtures.ts';

const { model } = parseRunbook(bundled(), 'hotdash.md');
const everyCommand = [
  ...model.procedures.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands)),
  ...model.otherCommands,
];

describe("the bundled runbook's changes", () => {
  /** By what a step of this kind is proven; the sources are in electron/core. */
  const PROVEN_BY_KIND: readonly StepKind[] = [
    'deploy-release',
    'deploy-releases',
    'maintenance-on',
    'maintenance-off',
    'stop-machines',
    'start-machines',
    'run-rollback-sql',
  ];
  const inSteps = model.procedures.flatMap(({ steps }) =>
    steps.flatMap((step) =>
      step.commands.map((command) => ({
        command,
        proven: PROVEN_BY_KIND.includes(step.kind) || proofsOf(step).length > 0,
      })),
    ),
  );
  const outside = model.otherCommands.map((command, index) => {
    const section = command.id.split('#')[0];
    const behind = model.otherCommands.slice(index + 1).filter(({ id }) => id.split('#')[0] === section);
    return { command, proven: behind.some(({ proves }) => proves !== undefined) };
  });
  const changes = [...inSteps, ...outside].filter(({ command }) => command.effect !== 'read');

  it('are those that are known', () => {
    expect(changes.map(({ command }) => command.tool)).toEqual(
      ['fly psql fly fly fly', 'fly fly fly fly', 'fly fly psql psql pg_restore', 'fly git fly psql supabase']
        .join(' ')
        .split(' '),
    );
  });

  it.each(changes.map((change) => [change.command.line, change.command.text, change] as const))(
    'line %d has an exit rule, an output rule and a post-condition: %s',
    (_line, _text, { command, proven }) => {
      expect(command.expects?.exit).toEqual([0]);
      expect(command.expects?.expect ?? command.expects?.reject).toBeTruthy();
      expect(proven).toBe(true);
    },
  );

  it.each(everyCommand.filter(({ proves }) => proves !== undefined).map((command) => [command.text, command] as const))(
    'are proven by what only reads: %s',
    (_text, { effect }) => expect(effect).toBe('read'),
  );
});
