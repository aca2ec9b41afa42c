import { delimiter, dirname } from 'node:path';
import { toolsStart } from './checks/real-tools.mjs';
import { runScript } from './setup/failure.mjs';
import { inProject, projectRoot } from './setup/project.mjs';
import { makeReady } from './setup/ready.mjs';
import { runToEnd } from './setup/run-to-end.mjs';

/** `npm run test:tools`: the adapters against real binaries. Says at the end what was skipped, and why. */
await runScript(async () => {
  const node = await makeReady([]);
  const { env: found, counts } = toolsStart();
  const env = { ...process.env, ...found, PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}` };
  const vitest = [inProject('node_modules/vitest/vitest.mjs'), 'run', '--config=build/vitest.tools.config.ts'];
  const code = await runToEnd(node, [...vitest, ...process.argv.slice(2)], { cwd: projectRoot, env });
  const skipped = counts.skipped.map(({ name, reason }) => `  ${name}: ${reason}`);
  process.stdout.write(skipped.length === 0 ? '\nNothing was skipped.\n' : `\nSkipped:\n${skipped.join('\n')}\n`);
  return code === 0 && counts.failed > 0 ? 1 : code;
});
