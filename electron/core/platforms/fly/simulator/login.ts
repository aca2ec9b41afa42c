/** `fly auth login`: refuses without a terminal, else a person signs in and the login is valid again. */
import { IN_TERMINAL, pause } from '#core/simulator/tool-call.ts';
import { type FlyCall, type FlyCommand, flyError } from './fly-command.ts';

const SIGN_IN_MS = 8_000;

export const login: FlyCommand = { needs: 'nothing', run };

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
