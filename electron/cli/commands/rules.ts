/** `rollbook rules [name]`: what the runbook check looks for, with an example of bad and of good for each rule. */
import { RollbookError } from '#shared/api/result.ts';
import { type Example, type RuleEntry, ruleCatalogue } from '#shared/runbook-check/catalogue.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { columns, print, type Terminal } from '../terminal.ts';
import { invocation } from '../invocation.ts';

/** Code: `bad-arguments` for a name no rule has. */
export function rules(terminal: Terminal, name: string | undefined, json: boolean): ExitCode {
  const all = ruleCatalogue();
  const chosen = name === undefined ? all : all.filter((rule) => rule.name === name);
  if (chosen.length === 0)
    throw new RollbookError('bad-arguments', `There is no rule "${name}".`, `"${invocation()} rules" lists them.`);
  print(terminal, json, { rules: chosen }, () => (name === undefined ? list(all) : chosen.map(whole).join('\n')));
  return EXIT.ok;
}

const list = (all: readonly RuleEntry[]): string =>
  [
    columns(all.map(({ severity, name, about }) => [severity, name, about])),
    '',
    `"${invocation()} rules NAME" shows what one finds bad and good, and where its facts come from.`,
  ].join('\n');

const whole = ({ name, severity, about, bad, good, sources }: RuleEntry): string =>
  [
    `${name} (${severity})`,
    about,
    '',
    'Bad:',
    ...bad.flatMap(badExample),
    'Good:',
    ...good.flatMap((text) => [...indented(text), '']),
    ...(sources.length === 0 ? [] : ['Source:', ...sources.flatMap(indented)]),
  ].join('\n');

const badExample = ({ text, message, fix }: Example): readonly string[] => [
  ...indented(text),
  `    ${message}`,
  ...(fix === null ? [] : fix.split('\n').map((line, index) => `    ${index === 0 ? 'fix: ' : '     '}${line}`)),
  '',
];

const indented = (text: string): readonly string[] =>
  visibleCommand(text)
    .split('\n')
    .map((line) => `  ${line}`.trimEnd());
