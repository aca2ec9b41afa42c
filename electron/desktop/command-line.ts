/**
 * The command line inside the packaged app, for people without Node: `Rollbook --cli -- ARGUMENTS` (command-shim.ts
 * writes the script that calls it so). It runs before the app is ready, so no window, lock or display is touched.
 */
import { pathToFileURL } from 'node:url';
import { assetPath } from '#core/assets.ts';

/** Beside the main bundle (build/bundle/targets.mjs): desktop code may not import another host. */
const CODE = 'dist/desktop/cli.js';

/** The arguments of the command, or null: the app was started as an app. Chromium reads no switch behind `--`. */
export function commandArguments(argv: readonly string[]): readonly string[] | null {
  const end = argv.indexOf('--');
  return end > 0 && argv[end - 1] === '--cli' ? argv.slice(end + 1) : null;
}

/** Runs the command to its end, and answers its exit code once everything it printed was taken. */
export async function runCommand(args: readonly string[]): Promise<number> {
  // As under Node: the program, the script, the arguments.
  process.argv = [process.execPath, assetPath(CODE), ...args];
  await import(/* @vite-ignore */ pathToFileURL(assetPath(CODE)).href);
  await Promise.all([process.stdout, process.stderr].map((stream) => new Promise((taken) => stream.write('', taken))));
  return Number(process.exitCode ?? 0);
}
