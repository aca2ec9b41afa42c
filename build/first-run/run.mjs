import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { dirname } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { presentElectron } from '../setup/electron-runtime.mjs';
import { EnvironmentFailure, say } from '../setup/failure.mjs';
import { inProject, projectRoot } from '../setup/project.mjs';
import { firstRun } from './list.mjs';
import { record, runAll } from './record.mjs';

const RECORD = inProject('test-results/first-run.md');

/** `npm run test:desktop -- --first-run`: runs the list, and writes what came of it. Exit 1 when something failed. */
export async function runFirstRun() {
  if (presentElectron() === undefined)
    throw new EnvironmentFailure(
      'There is no Electron runtime here.',
      'Fetch it with `node node_modules/electron/install.js`, or name an unpacked one in ELECTRON_OVERRIDE_DIST_PATH.',
    );
  const person = process.stdin.isTTY ? createInterface({ input: process.stdin, output: process.stderr }) : null;
  const ask = person === null ? null : (/** @type {string} */ question) => person.question(question);
  const done = await runAll(firstRun(process.platform, process.arch), runRow, ask);
  person?.close();
  const { version } = JSON.parse(readFileSync(inProject('node_modules/electron/package.json'), 'utf8'));
  const machine = `${process.platform} ${release()} ${process.arch}`;
  const text = record(done, { date: new Date().toISOString().slice(0, 10), machine, electron: version });
  mkdirSync(dirname(RECORD), { recursive: true });
  writeFileSync(RECORD, text);
  process.stdout.write(text);
  say(`Written to ${RECORD}, to be pasted into test/README.md.`);
  return done.some(({ result }) => result === 'failed') ? 1 : 0;
}

/** @returns {Promise<{ code: number, output: string }>} */
function runRow(/** @type {import('./list.mjs').Row} */ { what, command, look }) {
  say(`${what}: ${command}`);
  if (look !== undefined) say(look);
  return new Promise((resolve) => {
    const child = spawn(command, { cwd: projectRoot, shell: true, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        output = (output + String(chunk)).slice(-20_000);
        process.stderr.write(chunk);
      });
    child.once('error', (error) => resolve({ code: 126, output: error.message }));
    child.once('close', (code) => resolve({ code: code ?? 1, output }));
  });
}
