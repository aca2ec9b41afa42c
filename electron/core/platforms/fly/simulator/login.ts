/**
 * `fly auth login`: refuses without a terminal (flyctl webauth.go:84), else a person signs in and the login is valid
 * again.
 */
import { pause } from '#core/simulator/tool-call.ts';
import { type FlyCall, type FlyCommand, FlyError } from './fly-command.ts';

/** Set where a person sits in front of the call. */
export const IN_TERMINAL = 'ROLLBOOK_SIM_TERMINAL';
const SIGN_IN_MS = 8_000;

export const login: FlyCommand = {
  name: 'auth login',
  short: 'Log in a user',
  flags: [],
  maxWords: 0,
  needs: 'nothing',
  run,
};

async function run(call: FlyCall): Promise<number> {
  if (call.env[IN_TERMINAL] === undefined) {
    throw new FlyError(
      'fly auth login requires an interactive terminal. In headless environments, set FLY_API_TOKEN to a token created with `fly tokens create`',
    );
  }
  call.write('stdout', 'Opening https://fly.io/app/auth/cli/drill ...\n\nWaiting for session...');
  await pause(call, SIGN_IN_MS);
  const { scenario } = call.cloud.update((cloud) => ({
    ...cloud,
    scenario: { ...cloud.scenario, login: { ...cloud.scenario.login, state: 'valid' } },
  }));
  call.write('stdout', ` Done\nsuccessfully logged in as ${scenario.login.email}\n`);
  return 0;
}
