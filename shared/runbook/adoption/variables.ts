/** Blanks and `$NAME`s that the front matter does not declare. */
import { runCommands } from '../commands.ts';
import type { Command, Variable } from '../model.ts';
import { lineOfVariable } from '../parser/gaps.ts';
import type { AdoptionQuestion, Option } from './question.ts';
import type { ToAdopt, Topic } from './topic.ts';

interface Undeclared {
  readonly name: string;
  readonly variable: Extract<Variable, { from: 'prompt' }>;
  /** The first command that uses it. */
  readonly command: Command;
}

const SOURCES: readonly Option[] = [
  { value: 'prompt', label: 'asked before the command runs' },
  { value: 'secret', label: 'asked, and kept out of timeline and report' },
  { value: 'environment', label: 'taken from the environment' },
  { value: 'service', label: 'the service of the incident' },
];
const ASKED = ['prompt', 'secret'];
const SERVICE = /^(?:APP|APPLICATION|SERVICE)(?:_NAME|_ID)?$/;

export const variables: Topic = {
  questions: (runbook) => undeclared(runbook).flatMap(questionsOf),
  changes: (runbook, answer) => ({
    additions: undeclared(runbook).flatMap((each) => {
      const value = declaration(each, answer);
      return value === null ? [] : [{ under: 'variables', key: each.name, value } as const];
    }),
  }),
};

const idOf = (name: string, part: 'from' | 'ask' | 'pattern'): string => `variables.${name}.${part}`;

function undeclared({ model, front }: ToAdopt): readonly Undeclared[] {
  const commands = runCommands(model);
  return Object.entries(model.settings.variables).flatMap(([name, variable]) => {
    if (variable.from !== 'prompt' || Object.hasOwn(front?.variables ?? {}, name)) return [];
    const command = commands.find(({ variables: used }) => used.includes(name));
    // The front matter takes no other names; such a variable stays as it is.
    return command === undefined || !/^[A-Z][A-Z0-9_]*$/.test(name) ? [] : [{ name, variable, command }];
  });
}

function questionsOf({ name, variable, command }: Undeclared): readonly AdoptionQuestion[] {
  const common = {
    about: `The value ${name}`,
    line: lineOfVariable(command, name),
    commands: [command.written ?? command.text],
  };
  const onlyIf = { id: idOf(name, 'from'), is: ASKED };
  return [
    {
      ...common,
      id: idOf(name, 'from'),
      ask: 'Where does it come from',
      proposed: sourceOf(name, variable),
      answer: { kind: 'choice', options: SOURCES },
    },
    {
      ...common,
      id: idOf(name, 'ask'),
      ask: 'The question to ask for it',
      proposed: `${sentence(name)}?`,
      answer: { kind: 'text' },
      onlyIf,
    },
    {
      ...common,
      id: idOf(name, 'pattern'),
      ask: 'A pattern (RE2) that the whole value has to match',
      proposed: variable.pattern,
      answer: { kind: 'pattern' },
      onlyIf,
    },
  ];
}

function sourceOf(name: string, { environment, secret }: Undeclared['variable']): string {
  if (SERVICE.test(name)) return 'service';
  if (environment === true) return 'environment';
  return secret ? 'secret' : 'prompt';
}

/** `Migration name` of `MIGRATION_NAME`. */
const sentence = (name: string): string => {
  const words = name.toLowerCase().replaceAll('_', ' ').trim();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function declaration({ name, variable }: Undeclared, answer: (id: string) => string): unknown {
  const from = answer(idOf(name, 'from'));
  switch (from) {
    case '':
      return null;
    case 'service':
      return { from: 'service.id' };
    case 'environment':
      return variable.secret ? { from } : { from, secret: false };
    default:
      return {
        from: 'prompt',
        ask: answer(idOf(name, 'ask')) || `${sentence(name)}?`,
        pattern: answer(idOf(name, 'pattern')) || variable.pattern,
        ...(from === 'secret' ? { secret: true } : {}),
      };
  }
}
