import { delimiter, dirname } from 'node:path';
import { whyNoRuntime } from './checks/real-runtime.mjs';
import { runScript } from './setup/failure.mjs';
import { inProject, projectRoot } from './setup/project.mjs';
import { makeReady } from './setup/ready.mjs';
import { runToEnd } from './setup/run-to-end.mjs';

/**
 * `npm run test:desktop`: the end-to-end suite, the specs of what the double claims, the security specs and the
 * start-up budgets, on a real Electron runtime. Without one nothing is run, and that is said.
 */

await runScript(async () => {
  const why = whyNoRuntime();
  if (why !== undefined) {
    process.stdout.write(`Skipped, nothing was tested on a real Electron runtime: ${why}.\n`);
    return 0;
  }
  const node = await makeReady(['window', 'cli', 'desktop']);
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  const args = ['test', '--config=build/playwright.runtime.config.ts', '--reporter=list', ...process.argv.slice(2)];
  return runToEnd(node, [inProject('node_modules/@playwright/test/cli.js'), ...args], { cwd: projectRoot, env });
});
