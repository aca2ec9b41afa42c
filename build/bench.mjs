import { readdirSync } from 'node:fs';
import { runScript, say } from './setup/failure.mjs';
import { inProject, projectRoot } from './setup/project.mjs';
import { makeReady } from './setup/ready.mjs';
import { runToEnd } from './setup/run-to-end.mjs';

/** `npm run bench [-- word]`: runs the benchmarks in test/bench (those with the word in their name), one after the other. */
await runScript(async () => {
  const node = await makeReady(['window', 'cli']);
  const word = process.argv[2] ?? '';
  const benches = readdirSync(inProject('test/bench')).filter(
    (name) => name.endsWith('.bench.ts') && name.includes(word),
  );
  if (benches.length === 0) say(`There is no test/bench/*${word}*.bench.ts.`);
  let worst = benches.length === 0 ? 2 : 0;
  for (const name of benches.sort()) {
    worst = Math.max(worst, await runToEnd(node, [inProject(`test/bench/${name}`)], { cwd: projectRoot }));
  }
  return worst;
});
