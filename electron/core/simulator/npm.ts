/** The simulated npm: `npm run SCRIPT` with the scenario's scripts (npm 10; its banner and its errors). */
import type { Exit } from '#core/ports.ts';
import { exitCode, Interrupted, pause, type ToolCall } from './tool-call.ts';

export const NPM_VERSION = '10.9.3';

export async function npm(call: ToolCall): Promise<Exit> {
  const [word = '', name = ''] = call.args;
  if (word === '--version' || word === '-v') {
    call.write('stdout', `${NPM_VERSION}\n`);
    return exitCode(0);
  }
  if (word !== 'run' && word !== 'run-script') {
    call.write('stderr', `npm error the drill simulator does not play "npm ${word}"\n`);
    return exitCode(1);
  }
  const { scripts } = call.world.read().scenario;
  const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  if (script === undefined) {
    call.write(
      'stderr',
      `npm error Missing script: "${name}"\nnpm error\nnpm error To see a list of scripts, run:\nnpm error   npm run\n`,
    );
    return exitCode(1);
  }
  try {
    call.write('stdout', `\n> ${name}\n\n`);
    await pause(call, script.ms);
    call.write('stdout', script.output);
    return exitCode(script.exit);
  } catch (thrown) {
    if (thrown instanceof Interrupted) return { kind: 'signal', signal: 'SIGINT' };
    throw thrown;
  }
}
