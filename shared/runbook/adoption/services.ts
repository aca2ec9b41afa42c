/** The services that can be rolled back, when the runbook declares none. */
import { allCommands, callsTool } from '../commands.ts';
import type { Runbook } from '../model.ts';
import { webAddressesIn } from './addresses.ts';
import { contractQuestions, declaredContract, NO_PROPOSAL, PROPOSALS } from './contract.ts';
import type { AdoptionQuestion } from './question.ts';
import type { Addition, ToAdopt, Topic } from './topic.ts';

const NAME_ID = 'services.name';
const PLATFORM_ID = 'services.platform';
const HEALTH_ID = 'services.health';
const healthOf = (app: string): string => `services.${app}.health`;

export const services: Topic = {
  questions: ({ model }) => {
    if (model.settings.services.length > 0 || allCommands(model).length === 0) return [];
    const apps = flyApps(model);
    return apps.length === 0 ? oneService(model) : apps.map((app) => ofApp(model, app, apps));
  },
  changes: ({ model }: ToAdopt, answer) => {
    if (model.settings.services.length > 0) return {};
    const apps = flyApps(model).filter((app) => answer(healthOf(app)) !== '');
    if (apps.length > 0) return { additions: apps.map((app) => onFly(app, answer(healthOf(app)))) };
    const [name, health] = [answer(NAME_ID), answer(HEALTH_ID)];
    if (name === '') return {};
    if (answer(PLATFORM_ID) === 'fly') {
      return health === ''
        ? missing(name, 'a service on Fly needs its health address')
        : { additions: [onFly(name, health)] };
    }
    const contract = declaredContract(answer);
    if (contract === null) {
      return missing(
        name,
        'a service outside of Fly needs the commands that list its releases and tell what runs, and the field of each',
      );
    }
    const value = { title: name, platform: 'generic', ...(health === '' ? {} : { health }), ...contract };
    return { additions: [{ under: 'services', key: name, value }] };
  },
};

const onFly = (key: string, health: string): Addition => ({
  under: 'services',
  key,
  value: { title: key, platform: 'fly', health },
});

const missing = (name: string, why: string) => ({ notes: [`The service ${name} is not declared: ${why}.`] });

function ofApp(model: Runbook, app: string, apps: readonly string[]): AdoptionQuestion {
  const { line, text } = firstCommand(model, new RegExp(`\\b${app}(?![\\w-])`));
  return {
    id: healthOf(app),
    about: `The service ${app}, an app on Fly`,
    line,
    commands: [text],
    ask: 'Its health address, which declares it',
    proposed: proposedHealth(model, app, apps),
    answer: { kind: 'address' },
  };
}

function oneService(model: Runbook): readonly AdoptionQuestion[] {
  const { name, tool, scope } = guessed(model);
  const { line, text } = firstCommand(model, name === '' ? /./ : new RegExp(`\\b${name}(?![\\w-])`));
  const common = { about: 'The service that is rolled back', line, commands: [text] };
  const onlyIf = { id: NAME_ID, is: null };
  return [
    { ...common, id: NAME_ID, ask: 'Its name', proposed: name, answer: { kind: 'name' } },
    {
      ...common,
      id: PLATFORM_ID,
      ask: 'Its platform',
      proposed: usesFly(model) ? 'fly' : 'generic',
      answer: {
        kind: 'choice',
        options: [
          { value: 'fly', label: 'Fly' },
          { value: 'generic', label: 'anything else' },
        ],
      },
      onlyIf,
    },
    {
      ...common,
      id: HEALTH_ID,
      ask: 'Its health address',
      proposed: webAddressesIn(model)[0] ?? '',
      answer: { kind: 'address' },
      onlyIf,
    },
    ...contractQuestions(common, { id: PLATFORM_ID, is: ['generic'] }, PROPOSALS[tool]?.(name, scope) ?? NO_PROPOSAL),
  ];
}

const usesFly = (model: Runbook): boolean => allCommands(model).some(({ text }) => callsTool(text, 'fly'));

function firstCommand(model: Runbook, pattern: RegExp): { readonly line: number; readonly text: string } {
  const commands = allCommands(model);
  return commands.find(({ text }) => pattern.test(text)) ?? commands[0] ?? { line: 1, text: '' };
}

/** The apps that commands of fly name; apps for practice are derived from the others. */
function flyApps(model: Runbook): readonly string[] {
  const named = allCommands(model)
    .filter(({ text }) => callsTool(text, 'fly'))
    .flatMap(({ text }) => [
      ...text.matchAll(
        /\s(?:-a|--app)[ =]["']?([a-z0-9][a-z0-9-]*)(?![\w-])|\bapps restart ([a-z0-9][a-z0-9-]*)(?![\w-])/g,
      ),
    ])
    .map(([, flag, word]) => flag ?? word ?? '');
  return [...new Set(named)].filter((app) => app !== '' && !app.endsWith('-test'));
}

/** An address that the runbook has: the one on the app's own host, or the only one that is no app's if one app is left. */
function proposedHealth(model: Runbook, app: string, apps: readonly string[]): string {
  const urls = webAddressesIn(model);
  const own = (name: string): string | undefined =>
    urls.find((url) => url.replace(/^https?:\/\//, '').startsWith(`${name}.`));
  const found = own(app);
  if (found !== undefined) return found;
  const [others, left] = [
    urls.filter((url) => !apps.some((name) => own(name) === url)),
    apps.filter((name) => own(name) === undefined),
  ];
  return others.length === 1 && left.length === 1 ? (others[0] ?? '') : '';
}

/** How other platforms are told what to roll back. */
const NAMED: readonly (readonly [tool: string, pattern: RegExp])[] = [
  ['kubectl', /\bkubectl\s[^\n]*?\b(?:deploy(?:ment)?s?|statefulsets?|sts)[/ ]([a-z0-9][a-z0-9-]*)/],
  ['helm', /\bhelm\s+(?:rollback|history|upgrade|status)\s+([a-z0-9][a-z0-9-]*)/],
  ['systemctl', /\bsystemctl\s+(?:restart|stop|start|reload|status)\s+([a-z0-9][a-z0-9-]*)/],
  ['heroku', /\bheroku\s[^\n]*?(?:-a|--app)[ =]([a-z0-9][a-z0-9-]*)/],
];

const SCOPE = /\s(?:-n|--namespace)[ =][a-z0-9-]+/;

interface Guessed {
  readonly name: string;
  readonly tool: string;
  /** The flags that say where it runs, with a blank before them; '' if there are none. */
  readonly scope: string;
}

function guessed(model: Runbook): Guessed {
  for (const { text } of allCommands(model)) {
    for (const [tool, pattern] of NAMED) {
      const name = pattern.exec(text)?.[1];
      if (name !== undefined) return { name, tool, scope: SCOPE.exec(text)?.[0] ?? '' };
    }
  }
  return { name: '', tool: '', scope: '' };
}
