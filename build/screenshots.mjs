import { ensureChromium } from './setup/chromium.mjs';
import { runScript } from './setup/failure.mjs';
import { inProject, projectRoot } from './setup/project.mjs';
import { makeReady } from './setup/ready.mjs';
import { runToEnd } from './setup/run-to-end.mjs';

/** `npm run screenshots`: takes a picture of each screen, with test/e2e/screenshots.ts. */
await runScript(async () => {
  const node = await makeReady(['window', 'cli']);
  ensureChromium(node);
  return runToEnd(node, [inProject('test/e2e/screenshots.ts'), ...process.argv.slice(2)], { cwd: projectRoot });
});
