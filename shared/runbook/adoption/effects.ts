/** Commands of which it is not known whether they read or change. A hint is for a whole fence, so the question is too. */
import { runCommands } from '../commands.ts';
import type { Command } from '../model.ts';
import type { CodeFence } from './fences.ts';
import type { Option } from './question.ts';
import type { ToAdopt, Topic } from './topic.ts';

interface OpenFence {
  readonly fence: CodeFence;
  readonly all: readonly Command[];
  readonly unknown: readonly Command[];
}

const idOf = ({ fence }: OpenFence): string => `effects.${fence.line}`;

export const effects: Topic = {
  questions: (runbook) =>
    openFences(runbook).map((open) => {
      const options = optionsFor(open);
      return {
        id: idOf(open),
        about: open.unknown.length === 1 ? 'A command of unknown effect' : 'Commands of unknown effect',
        line: open.unknown[0]?.line ?? open.fence.line,
        commands: open.unknown.map(({ written, text }) => written ?? text),
        ask: `${open.unknown.length === 1 ? 'Does it' : 'Do they'} only read, or change something`,
        proposed: options.some(({ value }) => value === 'read') && open.unknown.every(looksLikeReading) ? 'read' : '',
        answer: { kind: 'choice', options },
      };
    }),
  changes: (runbook, answer) => ({
    hints: openFences(runbook).flatMap((open) => {
      const effect = answer(idOf(open));
      return effect === 'read' || effect === 'change' ? [{ line: open.fence.line, effect }] : [];
    }),
  }),
};

function openFences({ model, fences }: ToAdopt): readonly OpenFence[] {
  const commands = runCommands(model);
  return fences.flatMap((fence) => {
    const all = commands.filter(({ start }) => start >= fence.start && start < fence.end);
    const unknown = all.filter(({ effect }) => effect === 'unknown');
    return unknown.length === 0 ? [] : [{ fence, all, unknown }];
  });
}

/** A change beside them must not become a read. */
function optionsFor({ all }: OpenFence): readonly Option[] {
  const known = (effect: Command['effect']): boolean => all.some((command) => command.effect === effect);
  const change = {
    value: 'change',
    label: known('read') ? 'change something: the whole block then counts as a change' : 'change something',
  };
  return known('change') ? [change] : [{ value: 'read', label: 'only read' }, change];
}

const READING =
  /(?:^|[\s:_-])(?:list(?:-\w+)?|ls|status|get|show|describe|stats?|history|info|version|logs?|diff|view)\b/i;
const CHANGING =
  /\b(?:add|apply|clean|clear|create|delete|deploy|drop|fix|kill|migrate|purge|push|put|remove|reset|restart|restore|rm|run-?once|scale|set|start|stop|sync|truncate|update|upgrade|write)\b|>/i;

const looksLikeReading = ({ text, form }: Command): boolean =>
  form === 'words' && READING.test(text) && !CHANGING.test(text);
