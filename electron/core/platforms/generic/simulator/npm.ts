/**
 * The simulated npm: `npm run`, `npm test` and `npm pkg get scripts` with the scenario's scripts (npm 11.19; its banner
 * and its errors).
 */
import type { Exit } from '#core/ports.ts';
import { exitCode, Interrupted, pause, type ToolCall } from '#core/simulator/tool-call.ts';

export const NPM_VERSION = '11.19.1';
/** The team's package, which npm names in its banner. */
const PACKAGE = 'hotdash@1.0.0';

export async function npm(call: ToolCall): Promise<Exit> {
  const dashes = call.args.indexOf('--');
  const own = dashes < 0 ? call.args : call.args.slice(0, dashes);
  const passed = dashes < 0 ? [] : call.args.slice(dashes + 1);
  const [word = '', ...rest] = own.filter((arg) => !arg.startsWith('-'));
  const silent = own.includes('--silent') || own.includes('-s');
  if (own.includes('--version') || own.includes('-v')) {
    call.write('stdout', `${NPM_VERSION}\n`);
    return exitCode(0);
  }
  const { scripts } = call.cloud.read().scenario;
  if (word === 'pkg' && rest[0] === 'get' && rest[1] === 'scripts') {
    const texts = Object.fromEntries(Object.entries(scripts).map(([name, { command }]) => [name, command]));
    call.write('stdout', `${JSON.stringify(texts, null, 2)}\n`);
    return exitCode(0);
  }
  const isRun = word === 'run' || word === 'run-script';
  if (isRun && rest[0] === undefined) {
    const lines = Object.entries(scripts).map(([name, { command }]) => `  ${name}\n    ${command}\n`);
    const head = lines.length === 0 ? '' : `Scripts available in ${PACKAGE} via \`npm run\`:\n`;
    call.write('stdout', head + lines.join(''));
    return exitCode(0);
  }
  const name = isRun ? rest[0] : word === 'test' || word === 't' ? 'test' : undefined;
  if (name === undefined) {
    call.write('stdout', `Unknown command: "${word}"\n\nTo see a list of supported npm commands, run:\n  npm help\n`);
    return exitCode(1);
  }
  const script = Object.hasOwn(scripts, name) ? scripts[name] : undefined;
  if (script === undefined) {
    if (!silent) {
      call.write(
        'stderr',
        `npm error Missing script: "${name}"\nnpm error\nnpm error To see a list of scripts, run:\nnpm error   npm run\n`,
      );
    }
    return exitCode(1);
  }
  try {
    if (!silent) call.write('stdout', `\n> ${PACKAGE} ${name}\n> ${[script.command, ...passed].join(' ')}\n\n`);
    await pause(call, script.ms);
    call.write('stdout', script.output);
    return exitCode(script.exit);
  } catch (thrown) {
    if (thrown instanceof Interrupted) return { kind: 'signal', signal: 'SIGINT' };
    throw thrown;
  }
}
