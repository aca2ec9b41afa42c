/** Every Rollbook command that a document shows exists, with its options. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { chooseStages } from '../../../build/checks/choose-stages.mjs';
import { inProject } from '../../../build/setup/project.mjs';
import { DOCUMENTS } from './documents.ts';
import { commandTree } from './generated.ts';
import { type ShownCommand, shownCommands } from './shown-commands.ts';

const { scripts } = JSON.parse(readFileSync(inProject('package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Why a command cannot be run as shown, or null. Other programs (fly, git, ssh, ...) are not checked. */
function wrong({ words, whole }: ShownCommand): string | null {
  const [program = '', ...args] = words;
  if (program === 'rollbook') return wrongRollbook(args, whole);
  if (program === 'npm') return wrongNpm(args, whole);
  if (program !== 'node') return null;
  const [file = '', ...rest] = args;
  const own = /(?:^|\/)(build\/[\w-]+\.mjs)$/.exec(file)?.[1] ?? file;
  if (own === 'build/rollbook.mjs') return wrongRollbook(rest, whole);
  return existsSync(inProject(own)) ? null : `there is no ${own}`;
}

function wrongRollbook(args: readonly string[], whole: boolean): string | null {
  // A new one for each: what was parsed before stays in it.
  let command = commandTree();
  let rest = [...args];
  for (;;) {
    const next = command.commands.find((each) => each.name() === rest[0]);
    if (next === undefined) break;
    command = next;
    rest = rest.slice(1);
  }
  if (command.commands.length > 0) {
    const byDefault = command.commands.find((each) => each.name() === DEFAULTS[command.name()]);
    if (byDefault === undefined)
      return rest.every((word) => word.startsWith('--')) ? null : `"${rest[0]}" is no command`;
    command = byDefault;
  }
  return wrongArguments(command, rest, whole);
}

/** What a command with commands below it does when none is named. */
const DEFAULTS: Readonly<Record<string, string>> = { settings: 'list', report: 'answers' };

function wrongArguments(command: Command, args: readonly string[], whole: boolean): string | null {
  if (args.includes('--help')) return null;
  try {
    const { operands, unknown } = command.parseOptions([...args]);
    if (unknown.length > 0) return `${command.name()} has no option ${unknown[0]}`;
    const known = command.registeredArguments;
    const least = known.filter(({ required }) => required).length;
    if (whole && operands.length < least) return `${command.name()} wants ${least} arguments`;
    const most = known.some(({ variadic }) => variadic) ? Number.POSITIVE_INFINITY : known.length;
    return operands.length > most ? `${command.name()} takes no "${operands[most]}"` : null;
  } catch (thrown) {
    return (thrown as Error).message;
  }
}

function wrongNpm([verb = '', ...args]: readonly string[], whole: boolean): string | null {
  const behind = args.indexOf('--');
  const given = behind < 0 ? [] : args.slice(behind + 1);
  const name = verb === 'run' ? args.find((word) => !word.startsWith('-')) : verb;
  if (verb !== 'run' && !['start', 'test'].includes(verb)) return NPM_OWN.has(verb) ? null : `npm has no "${verb}"`;
  if (name === undefined || !Object.hasOwn(scripts, name)) return `package.json has no script "${name}"`;
  if (name === 'rollbook') return given.length === 0 ? null : wrongRollbook(given, whole);
  if (name === 'test') return wrongPart(given);
  if (name === 'test:tools') return wrongPart(['tools', ...given]);
  return null;
}

const NPM_OWN = new Set(['link', 'ci', 'pack', 'install']);

/** Of `npm test -- PART FILTER`. */
function wrongPart(words: readonly string[]): string | null {
  const [part, ...filters] = words;
  if (chooseStages(words, () => []) === undefined) return `npm test has no part "${part}"`;
  const gone = part === 'changed' ? undefined : filters.find((filter) => !TESTS.some((path) => path.includes(filter)));
  return gone === undefined ? null : `no test file fits "${gone}"`;
}

const TESTS = readdirSync(inProject('test'), { recursive: true, encoding: 'utf8' })
  .map((path) => `test/${path.replaceAll('\\', '/')}`)
  .filter((path) => /\.(?:test|spec)\.ts$/.test(path));

describe.each(DOCUMENTS.map((document) => [document.path, document] as const))('%s', (_path, document) => {
  it('shows commands that exist, with options and arguments they take', () => {
    const refused = shownCommands(document).flatMap((shown) => {
      const why = wrong(shown);
      return why === null ? [] : [`${shown.place}: ${why}`];
    });
    expect(refused).toEqual([]);
  });
});

describe('what is judged', () => {
  const judged = (text: string, whole = true) => wrong({ place: '', words: text.split(' '), whole });

  it('are words, options and arguments of rollbook, however it is called', () => {
    expect(judged('rollbook roll')).toBe('"roll" is no command');
    expect(judged('rollbook drill --scenery x')).toBe('drill has no option --scenery');
    expect(judged('npm run -s rollbook -- status')).toBe('status wants 1 arguments');
    expect(judged('rollbook status', false)).toBeNull();
    expect(judged('node here/build/rollbook.mjs show a.md b.md')).toBe('show takes no "b.md"');
    expect(judged('rollbook drill --scenario x --speed fast')).toMatch(/fast/);
  });

  it('are scripts of npm, parts of the tests, and files that node runs', () => {
    expect(judged('npm run deploy')).toBe('package.json has no script "deploy"');
    expect(judged('npm test -- everything')).toBe('npm test has no part "everything"');
    expect(judged('npm test -- unit no-such-file')).toBe('no test file fits "no-such-file"');
    expect(judged('node build/no-such-file.mjs')).toBe('there is no build/no-such-file.mjs');
    expect(judged('fly deploy')).toBeNull();
  });

  it('is not little', () => {
    expect(DOCUMENTS.flatMap(shownCommands).filter(({ words }) => words[0] === 'rollbook').length).toBeGreaterThan(80);
  });
});
