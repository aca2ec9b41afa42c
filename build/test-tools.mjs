import { delimiter, dirname } from 'node:path';
import { runScript } from './setup/failure.mjs';
import { inProject, projectRoot } from './setup/project.mjs';
import { makeReady } from './setup/ready.mjs';
import { runToEnd } from './setup/run-to-end.mjs';
import { flyctl, installed, supabase, SUPABASE_VERSIONS } from './tools/real-tools.mjs';

/** `npm run test:tools`: the adapters against real binaries. Says at the end what was skipped, and why. */
await runScript(async () => {
  const node = await makeReady([]);
  /** @type {Record<string, import('./tools/real-tools.mjs').Had>} */
  const had = { flyctl: flyctl() };
  for (const version of SUPABASE_VERSIONS) had[`supabase ${version}`] = supabase(version);
  for (const name of ['psql', 'pg_dump', 'pg_restore', 'curl', 'git', 'npm']) had[name] = installed(name);
  const env = {
    ...process.env,
    PATH: `${dirname(node)}${delimiter}${process.env.PATH ?? ''}`,
    ROLLBOOK_REAL_TOOLS: JSON.stringify(had),
  };
  const code = await runToEnd(
    node,
    [
      inProject('node_modules/vitest/vitest.mjs'),
      'run',
      '--config=build/vitest.tools.config.ts',
      ...process.argv.slice(2),
    ],
    { cwd: projectRoot, env },
  );
  const skipped = Object.entries(had).flatMap(([name, tool]) => ('why' in tool ? [`  ${name}: ${tool.why}`] : []));
  process.stdout.write(skipped.length === 0 ? '\nNothing was skipped.\n' : `\nSkipped:\n${skipped.join('\n')}\n`);
  // In a workflow that is to prove all of it, what was skipped is a failure.
  return code === 0 && skipped.length > 0 && process.env['ROLLBOOK_TOOLS_REQUIRED'] === '1' ? 1 : code;
});
