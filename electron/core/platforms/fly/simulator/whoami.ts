/** `fly auth whoami`. */
import { pause } from '#core/simulator/tool-call.ts';
import { GRAPHQL, noNetwork } from './app-name.ts';
import { type FlyCall, type FlyCommand, FlyError } from './fly-command.ts';
import { goJson } from './go-json.ts';

export const whoami: FlyCommand = {
  name: 'auth whoami',
  short: 'Show the currently authenticated user',
  flags: [{ name: 'json', short: 'j', takes: 'nothing' }],
  maxWords: 0,
  needs: 'login',
  run,
};

async function run(call: FlyCall): Promise<number> {
  const { latencies, login } = call.cloud.read().scenario;
  await pause(call, latencies.api);
  if (call.cloud.read().scenario.trouble.networkDown) throw new FlyError(noNetwork('Post', GRAPHQL));
  call.write('stdout', call.flags.on('json') ? goJson({ email: login.email }) : `${login.email}\n`);
  return 0;
}
