import { connectionEnvironment, readConnection } from '#shared/platforms/postgres/connection.ts';
import { toFailure } from '#shared/api/result.ts';
import { secretNeeds, type SecretNeed } from '#shared/settings/needs.ts';
import { sourceWords } from '#shared/settings/settings.ts';
import { webhookAddress } from '#core/notifications/webhooks.ts';
import {
  type ChecksOf,
  failed,
  firstLine,
  type Found,
  ok,
  type ReadinessInput,
  unknown,
  warning,
} from '../readiness-check.ts';

/** Where each secret comes from, whether it can be read, and whether it has the right form. Values are never shown. */
export const secrets: ChecksOf = (input) => [
  ...secretNeeds(input.model)
    .filter(({ name, needed }) => needed || input.settings.secrets[name] !== undefined)
    .map((need) => ({
      id: `secret ${need.name}`,
      group: 'secrets' as const,
      title: TITLES[need.name] ?? need.name,
      look: () => secretOf(input, need),
    })),
  ...databaseAnswers(input),
];

const TITLES: Readonly<Record<string, string>> = {
  'slack:live': 'Slack webhook, live',
  'slack:drill': 'Slack webhook, drills',
};

async function secretOf(input: ReadinessInput, { name }: SecretNeed): Promise<Found> {
  const source = input.settings.secrets[name] ?? null;
  try {
    const value = await valueOf(input, name);
    if (value === '')
      return failed(
        'not set in the environment commands get',
        `Choose a source for ${name} under Settings, or set it where your login shell sets its variables.`,
      );
    if (name.startsWith('slack:')) webhookAddress(value, sourceWords(source));
    return isDatabase(input, name) ? databaseOf(name, value, sourceWords(source)) : ok(`from ${sourceWords(source)}`);
  } catch (thrown) {
    const { message, advice } = toFailure(thrown);
    return failed(message, advice ?? 'Choose another source under Settings.');
  }
}

/** '' when it is not set at all. */
const valueOf = async ({ readSecret, environment }: ReadinessInput, name: string): Promise<string> =>
  (await readSecret(name)) ?? environment[name] ?? '';

const isDatabase = ({ model }: ReadinessInput, name: string): boolean =>
  model.settings.database?.url === name || /(?:^|_)(?:DATABASE|DB|POSTGRES)\w*_UR[LI]$|^DATABASE_URL$/.test(name);

function databaseOf(name: string, value: string, from: string): Found {
  const url = URL.canParse(value) ? new URL(value) : null;
  const fix = `Give ${name} as postgresql://user:password@host:5432/database.`;
  if (url === null) return failed('set, but it is not an address', fix);
  if (url.protocol !== 'postgres:' && url.protocol !== 'postgresql:')
    return failed(`set, but it begins with ${url.protocol}`, fix);
  if (url.hostname === '' || url.pathname.length < 2) return failed('set, but it names no host or no database', fix);
  const target = `${url.hostname}:${url.port || '5432'}${url.pathname}`;
  // Supabase's transaction pooler: a rollback in one transaction cannot go through it.
  return url.port === '6543'
    ? warning(`${target} is the pooler`, 'Use the direct connection (port 5432) for a rollback of the database.')
    : ok(`${target}, from ${from}`);
}

/** Only where a person has allowed it: a connection is seen by the server. */
function databaseAnswers(input: ReadinessInput): ReturnType<ChecksOf> {
  const { database } = input.model.settings;
  if (database === undefined || !input.settings.connectDatabase) return [];
  return [
    {
      id: 'database',
      group: 'secrets',
      title: 'Connection to the database',
      look: async () => {
        const value = await valueOf(input, database.url);
        if (value === '') return unknown(`${database.url} is not set`, 'Choose its source under Settings.');
        const connection = readConnection(value, database.url);
        const env = {
          ...connectionEnvironment(connection, 'rollbook readiness'),
          PGOPTIONS: '-c default_transaction_read_only=on',
          PGCONNECT_TIMEOUT: '5',
        };
        const answer = await input.read('psql', ['-X', '-w', '-At', '-c', ASK], undefined, env);
        if (answer.kind === 'not-asked') return unknown(answer.why);
        if (answer.code === null) return unknown('the server did not answer in time', 'Check the network.');
        if (answer.code !== 0) return failed(firstLine(answer), 'Correct the address, or open the way to the server.');
        const [name = '', version = ''] = answer.stdout.trim().split('|');
        return name === database.name
          ? ok(`connected read-only to ${name}, PostgreSQL ${version}`)
          : failed(`it leads to the database "${name}"`, `The runbook means "${database.name}": correct the source.`);
      },
    },
  ];
}

const ASK = "select current_database() || '|' || current_setting('server_version')";
