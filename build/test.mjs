import { delimiter, dirname } from 'node:path';
import { runFirstRun } from './first-run/run.mjs';
import { runScript } from './setup/failure.mjs';
import { inProject, projectRoot } from './setup/project.mjs';
import { makeReady } from './setup/ready.mjs';
import { runToEnd } from './setup/run-to-end.mjs';

/** `npm test`: runs the checks and tests (build/checks/run.mjs); the last line is `N passed, N failed`. With --first-run: first-run/list.mjs. */
await runScript(async () => {
  const node = await makeReady([]);
  if (process.argv.includes('--first-run')) {
    // The list also runs what is packed and the stories on the built window.
    await makeReady(['window', 'cli', 'desktop', 'stories']);
    return runFirstRun();
  }
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  return runToEnd(node, [inProject('build/checks/run.mjs'), ...process.argv.slice(2)], { cwd: projectRoot, env });
});
