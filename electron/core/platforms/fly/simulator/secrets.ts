/**
 * `fly secrets list|set|unset`. Setting one already updates every machine and waits for it, which makes a new release
 * with the image that runs (flyctl v0.4.87 internal/command/secrets/secrets.go, RestartOnly). The wording of the lines
 * between is an inference: programs decide by exit code and `fly status --json`.
 */
import { createHash } from 'node:crypto';
import { imageOf, type SimulatedCloud } from '#core/simulator/simulated-cloud.ts';
import { pause } from '#core/simulator/tool-call.ts';
import { GRAPHQL, noNetwork, refusal } from './app-name.ts';
import { type FlyCall, type FlyCommand, FlyError } from './fly-command.ts';
import { goJson } from './go-json.ts';
import { rollOut } from './rollout.ts';
import { table } from './table.ts';

const FLAGS: FlyCommand['flags'] = [
  { name: 'app', short: 'a', takes: 'string' },
  { name: 'config', short: 'c', takes: 'string' },
];
const CHANGE_FLAGS: FlyCommand['flags'] = [
  ...FLAGS,
  { name: 'detach', takes: 'nothing' },
  { name: 'stage', takes: 'nothing' },
  { name: 'dns-checks', takes: 'nothing' },
];
const ANY_NUMBER = 10_000;

export const secretsList: FlyCommand = {
  name: 'secrets list',
  short: 'List application secret names, digests and creation times',
  flags: [...FLAGS, { name: 'json', short: 'j', takes: 'nothing' }],
  maxWords: 0,
  needs: 'app',
  run: list,
};

export const secretsSet: FlyCommand = {
  name: 'secrets set',
  short: 'Set one or more encrypted secrets for an app',
  flags: CHANGE_FLAGS,
  maxWords: ANY_NUMBER,
  needs: 'app',
  run: (call, app) => change(call, app, pairsOf(call.flags.words)),
};

export const secretsUnset: FlyCommand = {
  name: 'secrets unset',
  short: 'Unset one or more encrypted secrets for an app',
  flags: CHANGE_FLAGS,
  maxWords: ANY_NUMBER,
  needs: 'app',
  run: (call, app) => change(call, app, new Map(namesOf(call.flags.words).map((name) => [name, null]))),
};

async function list(call: FlyCall, app: string): Promise<number> {
  const cloud = await known(call, app);
  const rows = cloud.secrets.map(({ name, value }) => ({ name, digest: digestOf(value), status: 'Deployed' }));
  if (call.flags.on('json')) call.write('stdout', goJson(rows));
  else {
    const cells = rows.map(({ name, digest, status }) => [name, digest, status]);
    call.write('stdout', table(['NAME', 'DIGEST', 'STATUS'], cells));
  }
  return 0;
}

const digestOf = (value: string): string => createHash('sha256').update(value).digest('hex').slice(0, 16);

async function known(call: FlyCall, app: string): Promise<SimulatedCloud> {
  await pause(call, call.cloud.read().scenario.latencies.api);
  const refused = refusal(call, app);
  if (refused === 'no-network') throw new FlyError(noNetwork('Post', GRAPHQL));
  if (refused === 'not-found') throw new FlyError(`Could not find App "${app}"`);
  return call.cloud.read();
}

function pairsOf(words: readonly string[]): ReadonlyMap<string, string | null> {
  if (words.length === 0) throw new FlyError('requires at least one SECRET=VALUE pair');
  return new Map(
    words.map((word) => {
      const equals = word.indexOf('=');
      if (equals < 1) throw new FlyError(`could not parse secrets: '${word}': must be in the format NAME=VALUE`);
      return [word.slice(0, equals), word.slice(equals + 1)];
    }),
  );
}

function namesOf(words: readonly string[]): readonly string[] {
  if (words.length === 0) throw new FlyError('requires at least one secret name');
  return words;
}

/** `null` removes a secret. Removing a missing one is not an error, and also makes a release. */
async function change(call: FlyCall, app: string, values: ReadonlyMap<string, string | null>): Promise<number> {
  await known(call, app);
  const cloud = call.cloud.update((before) => ({
    ...before,
    secrets: [
      ...before.secrets.filter(({ name }) => !values.has(name)),
      ...[...values].flatMap(([name, value]) => (value === null ? [] : [{ name, value }])),
    ],
  }));
  if (call.flags.on('stage')) {
    call.write(
      'stdout',
      'Secrets have been staged, but not set on VMs. Deploy or update machines in this app for the secrets to take effect.\n',
    );
    return 0;
  }
  const newest = [...cloud.machines].sort((a, b) => b.release - a.release)[0];
  if (newest === undefined) {
    call.write('stdout', 'Secrets are staged for the first deployment\n');
    return 0;
  }
  await rollOut(call, app, { image: imageOf(cloud, newest), ref: newest.imageRef, description: 'Update secrets' });
  return 0;
}
