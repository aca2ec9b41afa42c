/**
 * `fly secrets list|set|unset|deploy`. Setting one already updates every machine and waits for it, which makes a new release
 * with the image that runs (flyctl v0.4.87 internal/command/secrets/secrets.go, RestartOnly).
 */
import { createHash } from 'node:crypto';
import { type CloudSecret, imageOf } from '#core/simulator/simulated-cloud.ts';
import { checkDns } from './deploy.ts';
import { type FlyCall, type FlyCommand, FlyError, flyError, reach } from './fly-command.ts';
import { goJson, table } from './go-text.ts';
import { asksJson } from './readings.ts';
import { rollOut } from './rollout.ts';
import { fillRows } from './transcript.ts';
import tables from './transcripts/tables.json' with { type: 'json' };

export const secretsList: FlyCommand = {
  needs: 'app',
  run: async (call, app) => {
    await reach(call, 'secrets list', app);
    const rows = call.cloud
      .read()
      .secrets.toSorted((a, b) => (a.name < b.name ? -1 : 1))
      .map(({ name, value, staged }) => ({
        name,
        digest: createHash('sha256').update(value).digest('hex').slice(0, 16),
        status: staged === true ? 'Staged' : 'Deployed',
      }));
    if (asksJson(call)) return call.write('stdout', goJson(rows));
    const shown = rows.map((row) => ({ ...row, shown: row.status === 'Staged' ? `* ${row.name}` : row.name }));
    call.write('stdout', table(fillRows(tables.secrets, shown)));
    const staged = rows.filter(({ status }) => status === 'Staged').length;
    if (staged === 0) return;
    const count = staged === 1 ? 'is 1 secret' : `are ${staged} secrets`;
    call.write('stdout', `There ${count} not deployed. Deploy with \`fly secrets deploy\` to make them available.\n`);
  },
};

export const secretsSet: FlyCommand = {
  needs: 'app',
  run: (call, app) => change(call, app, pairsOf(call.flags.words)),
};

export const secretsUnset: FlyCommand = {
  needs: 'app',
  run: (call, app) => {
    if (call.flags.words.length === 0) throw new FlyError('requires at least one secret name');
    return change(call, app, new Map(call.flags.words.map((name) => [name, null])));
  },
};

export const secretsDeploy: FlyCommand = { needs: 'app', run: (call, app) => change(call, app, new Map()) };

function pairsOf(words: readonly string[]): ReadonlyMap<string, string | null> {
  if (words.length === 0) throw new FlyError('requires at least one SECRET=VALUE pair');
  return new Map(
    words.map((word) => {
      const equals = word.indexOf('=');
      if (equals < 1) throw flyError('no-pair', { word });
      return [word.slice(0, equals), word.slice(equals + 1)];
    }),
  );
}

/** `null` removes a secret. Removing a missing one is not an error, and also makes a release. */
async function change(call: FlyCall, app: string, values: ReadonlyMap<string, string | null>): Promise<void> {
  await reach(call, 'secrets', app);
  if (call.cloud.read().scenario.trouble.fault === 'secret') throw flyError('secret');
  const staged = call.flags.on('--stage');
  const cloud = call.cloud.update((before) => ({
    ...before,
    secrets: [
      ...before.secrets.filter(({ name }) => !values.has(name)).map((each) => (staged ? each : deployed(each))),
      ...[...values].flatMap(([name, value]) => (value === null ? [] : [{ name, value, staged }])),
    ],
  }));
  if (staged) {
    return call.write(
      'stdout',
      'Secrets have been staged, but not set on VMs. Deploy or update machines in this app for the secrets to take effect.\n',
    );
  }
  const newest = cloud.machines.toSorted((a, b) => b.release - a.release)[0];
  if (newest === undefined) return call.write('stdout', 'Secrets are staged for the first deployment\n');
  await rollOut(call, app, { image: imageOf(cloud, newest), ref: newest.imageRef, secrets: true });
  await checkDns(call);
}

const deployed = ({ name, value }: CloudSecret): CloudSecret => ({ name, value });
