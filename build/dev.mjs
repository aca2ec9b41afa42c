import { callerFolder } from './setup/caller-folder.mjs';
import { runScript } from './setup/failure.mjs';
import { inProject } from './setup/project.mjs';
import { makeReady } from './setup/ready.mjs';
import { runToEnd } from './setup/run-to-end.mjs';

/** `npm run dev`: builds at each change of the sources, and updates the open window. */
await runScript(async () => {
  const node = await makeReady([]);
  return runToEnd(node, [inProject('build/dev/watch.mjs'), ...process.argv.slice(2)], { cwd: callerFolder() });
});
