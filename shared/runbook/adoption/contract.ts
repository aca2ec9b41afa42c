/** The contract of a service outside of Fly: the commands that list its releases and tell what runs, and the field of each. */
import type { AdoptionQuestion } from './question.ts';

const ID = {
  list: 'services.releases.command',
  listField: 'services.releases.release',
  newest: 'services.releases.newest',
  running: 'services.running.command',
  runningField: 'services.running.release',
} as const;

interface Proposal {
  readonly list: string;
  readonly listField: string;
  readonly newest: 'first' | 'last';
  readonly running: string;
  readonly runningField: string;
}

export const NO_PROPOSAL: Proposal = { list: '', listField: '', newest: 'first', running: '', runningField: '' };

/** What usually does it, by tool. `scope`: flags that say where it runs. */
export const PROPOSALS: Readonly<Record<string, (name: string, scope: string) => Proposal>> = {
  kubectl: (name, scope) => ({
    list: `kubectl${scope} rollout history deployment/${name}`,
    listField: 'REVISION',
    newest: 'last',
    running: `kubectl${scope} get deployment ${name} -o json`,
    runningField: 'json metadata.annotations["deployment.kubernetes.io/revision"]',
  }),
  helm: (name, scope) => ({
    list: `helm history ${name}${scope}`,
    listField: 'REVISION',
    newest: 'last',
    running: `helm list --filter "^${name}$"${scope}`,
    runningField: 'REVISION',
  }),
};

/** `about`: what all of them share. */
export function contractQuestions(
  about: Pick<AdoptionQuestion, 'about' | 'line' | 'commands'>,
  onlyIf: NonNullable<AdoptionQuestion['onlyIf']>,
  proposed: Proposal,
): readonly AdoptionQuestion[] {
  const ofList = { id: ID.list, is: null };
  return [
    {
      ...about,
      id: ID.list,
      ask: 'The command that lists its releases',
      proposed: proposed.list,
      answer: { kind: 'reading-command' },
      onlyIf,
    },
    {
      ...about,
      id: ID.listField,
      ask: `The release in that list: ${FIELD}`,
      proposed: proposed.listField,
      answer: { kind: 'text' },
      onlyIf: ofList,
    },
    {
      ...about,
      id: ID.newest,
      ask: 'Where the newest release is printed',
      proposed: proposed.newest,
      answer: {
        kind: 'choice',
        options: [
          { value: 'first', label: 'first' },
          { value: 'last', label: 'last' },
        ],
      },
      onlyIf: ofList,
    },
    {
      ...about,
      id: ID.running,
      ask: 'The command that tells what runs now',
      proposed: proposed.running,
      answer: { kind: 'reading-command' },
      onlyIf: ofList,
    },
    {
      ...about,
      id: ID.runningField,
      ask: `The release in what it prints: ${FIELD}`,
      proposed: proposed.runningField,
      answer: { kind: 'text' },
      onlyIf: { id: ID.running, is: null },
    },
  ];
}

const FIELD = 'the title of a column, or the word json and a path';

/** As the front matter has it; null: something is missing. */
export function declaredContract(answer: (id: string) => string): Readonly<Record<string, unknown>> | null {
  const [list, listField, running, runningField] = [ID.list, ID.listField, ID.running, ID.runningField].map(answer);
  if (!list || !listField || !running || !runningField) return null;
  const newest = answer(ID.newest) === 'last' ? { newest: 'last' } : {};
  return {
    releases: { command: list, read: reader(listField), ...newest },
    running: { command: running, read: reader(runningField) },
  };
}

function reader(field: string): unknown {
  const path = /^json\s+(.+)$/.exec(field)?.[1];
  return path === undefined ? { table: { release: field } } : { json: { release: path } };
}
