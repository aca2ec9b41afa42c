import { delimiter, dirname } from 'node:path';
import { runScript } from './setup/failure.mjs';
import { inProject, projectRoot } from './setup/project.mjs';
import { makeReady } from './setup/ready.mjs';
import { runToEnd } from './setup/run-to-end.mjs';

/** `npm test`: runs the checks and tests (build/checks/run.mjs); the last line is `N passed, N failed`. */
await runScript(async () => {
  const node = await makeReady([]);
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  return runToEnd(node, [inProject('build/checks/run.mjs'), ...process.argv.slice(2)], { cwd: projectRoot, env });
});
