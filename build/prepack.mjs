import { runScript } from './setup/failure.mjs';
import { makeReady } from './setup/ready.mjs';

/** Run by npm before `npm pack`: the package carries the built command line and window. */
await runScript(async () => {
  await makeReady(['cli', 'window']);
  return 0;
});
