#!/usr/bin/env node
import { callerFolder } from './setup/caller-folder.mjs';
import { runScript } from './setup/failure.mjs';
import { inProject } from './setup/project.mjs';
import { makeReady } from './setup/ready.mjs';
import { runToEnd } from './setup/run-to-end.mjs';

/** The rollbook command: installs and builds what is missing (progress goes to stderr), then runs in the caller's folder. */
await runScript(async () => {
  const args = process.argv.slice(2);
  const serves = args[0] === 'serve';
  const node = await makeReady(serves ? ['cli', 'window'] : ['cli']);
  // They wait for a person, or serve a window: neither may stay behind alone.
  const tied = serves || ['run', 'quick', 'drill'].includes(args[0] ?? '');
  const command = ['--enable-source-maps', inProject('dist/cli/main.js'), ...args];
  return runToEnd(node, command, { cwd: callerFolder(), tied });
});
