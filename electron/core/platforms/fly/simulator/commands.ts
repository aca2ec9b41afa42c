/** The commands that drills play. Any other one of flyctl says that it is not played. */
import { deploy } from './deploy.ts';
import { type FlyCommand, type FlyCall, flyError } from './fly-command.ts';
import { logs } from './logs.ts';
import { MACHINE_VERBS } from './machine-verbs.ts';
import { appsList, checksList, imageShow, machineList, status, version, whoami } from './readings.ts';
import { releases } from './releases.ts';
import { secretsDeploy, secretsList, secretsSet, secretsUnset } from './secrets.ts';
import { IN_TERMINAL, pause } from '#core/simulator/tool-call.ts';

const SIGN_IN_MS = 8_000;

/** Refuses without a terminal, else a person signs in and the login is valid again. */
const login: FlyCommand = { needs: 'nothing', run };

async function run(call: FlyCall): Promise<void> {
  if (call.env[IN_TERMINAL] === undefined) throw flyError('no-terminal');
  const url = 'https://fly.io/app/auth/cli/drill';
  call.write('stdout', `failed opening browser. Copy the url (${url}) into a browser and continue\n\n`);
  call.write('stdout', 'Waiting for session...');
  await pause(call, SIGN_IN_MS);
  const { scenario } = call.cloud.update((cloud) => ({
    ...cloud,
    scenario: { ...cloud.scenario, login: { ...cloud.scenario.login, state: 'valid' } },
  }));
  call.write('stdout', `\nsuccessfully logged in as ${scenario.login.email}\n`);
}

export const COMMANDS: Readonly<Record<string, FlyCommand>> = {
  releases,
  // flyctl adds one command in both places (internal/command/apps/apps.go).
  'apps releases': releases,
  deploy,
  status,
  logs,
  version,
  'apps list': appsList,
  'auth login': login,
  'auth whoami': whoami,
  'checks list': checksList,
  'image show': imageShow,
  'secrets list': secretsList,
  'secrets set': secretsSet,
  'secrets unset': secretsUnset,
  'secrets deploy': secretsDeploy,
  'machine list': machineList,
  ...MACHINE_VERBS,
};
