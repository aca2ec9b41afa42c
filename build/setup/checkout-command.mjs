import { callerFolder } from './caller-folder.mjs';
import { runScript } from './failure.mjs';
import { invocation } from './invocation.mjs';
import { inProject } from './project.mjs';
import { makeReady } from './ready.mjs';
import { runToEnd } from './run-to-end.mjs';

/** The rollbook command in a checkout: installs and builds what is missing (progress goes to stderr), then runs it. */
await runScript(async () => {
  const args = process.argv.slice(2);
  const serves = args[0] === 'serve';
  const node = await makeReady(serves ? ['cli', 'window'] : ['cli']);
  // They wait for a person, or serve a window: neither may stay behind alone.
  const tied = serves || ['run', 'quick', 'drill'].includes(args[0] ?? '');
  const command = ['--enable-source-maps', inProject('dist/cli/main.js'), ...args];
  const env = { ...process.env, ROLLBOOK_INVOCATION: invocation() };
  return runToEnd(node, command, { cwd: callerFolder(), env, tied });
});
