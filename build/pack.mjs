import { builtBy } from './setup/built-by.mjs';
import { runScript } from './setup/failure.mjs';
import { inProject, projectRoot } from './setup/project.mjs';
import { makeReady } from './setup/ready.mjs';
import { runToEnd } from './setup/run-to-end.mjs';
import { signing } from './setup/signing.mjs';

/**
 * `npm run pack`: builds the app and packs it for this platform into dist/packages. Arguments are passed to
 * electron-builder: `--dir` makes only the unpacked app, `-c.electronDist=FOLDER` uses an Electron runtime in that folder.
 */
await runScript(async () => {
  const node = await makeReady(['window', 'desktop']);
  const builder = inProject('node_modules/electron-builder/cli.js');
  const config = ['--config', inProject('build/electron-builder.yml'), '--publish', 'never'];
  const { env, args } = signing(process.env, process.platform);
  return runToEnd(node, [builder, ...config, ...args, ...builtBy(env), ...process.argv.slice(2)], {
    cwd: projectRoot,
    env,
  });
});
