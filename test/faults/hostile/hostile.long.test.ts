/** A file of 1 MB of every kind, checked or reviewed by the built command line, which must end by itself with a message. */
import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { ensureBundles } from '../../../build/setup/bundle-fresh.mjs';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { Tally } from '../../fixtures/fault-table.ts';
import { HOSTILE_BYTES, HOSTILE_FILES } from '../../fixtures/hostile-files.ts';
import { processEnvironment } from '../../fixtures/process-environment.ts';

const MAIN = fileURLToPath(new URL('../../../dist/cli/main.js', import.meta.url));
/** After this time a command counts as one that never ends. */
const LIMIT_MS = 180_000;
/** Records the peak memory of the process in kB when it ends. */
const PEAK = `import { writeFileSync } from 'node:fs';
process.on('exit', () => writeFileSync(process.env.PEAK_FILE, String(process.resourceUsage().maxRSS)));`;

beforeAll(() => ensureBundles(process.execPath, ['cli']), 300_000);

it.each(HOSTILE_FILES)('$kind', { timeout: 2 * LIMIT_MS + 30_000 }, async ({ kind, make, before }) => {
  const tally = new Tally(`hostile file: ${kind}`);
  const folder = dataFolder();
  const file = join(folder, 'hostile.md');
  if (before !== undefined) {
    writeFileSync(file, before(HOSTILE_BYTES));
    expect(await rollbook(folder, ['trust', file])).toMatchObject({ code: 0 });
  }
  writeFileSync(file, make(HOSTILE_BYTES));
  const { code, signal, out, err, ms, megabytes } = await rollbook(
    folder,
    before === undefined ? ['check', file, '--json'] : ['trust', file, '--show', '--json'],
  );
  tally.times = 1;
  if (signal !== null) tally.wrong.push(`ended by ${signal}`);
  else if (code === null || ![0, 1, 2].includes(code)) tally.wrong.push(`exit code ${code}: ${err.slice(0, 300)}`);
  else if (!isAnswer(code, out)) tally.wrong.push(`exit code ${code} with ${(out + err).slice(0, 300)}`);
  tally.judge({ ms, ...(megabytes === null ? {} : { megabytes }) });
});

/** Longest error message: a file must not be repeated in its own error. */
const SENTENCE_CHARACTERS = 2_000;

/** One JSON document: the findings or the change; or with exit code 2 what is wrong, and what to do. */
function isAnswer(code: number, out: string): boolean {
  try {
    const { error } = JSON.parse(out) as { error?: { code: string; message: string; advice?: string } };
    if (code !== 2 || error === undefined) return (code === 2) === (error !== undefined);
    return error.code !== 'internal' && error.advice !== undefined && error.message.length <= SENTENCE_CHARACTERS;
  } catch {
    return false;
  }
}

interface Ended {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly out: string;
  readonly err: string;
  readonly ms: number;
  /** null when it crashed. */
  readonly megabytes: number | null;
}

async function rollbook(folder: string, args: readonly string[]): Promise<Ended> {
  const peakFile = join(folder, 'peak');
  const began = Date.now();
  const child = spawn(process.execPath, [`--import=data:text/javascript,${encodeURIComponent(PEAK)}`, MAIN, ...args], {
    cwd: folder,
    env: { ...processEnvironment(folder), PEAK_FILE: peakFile },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const limit = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  const said = { out: '', err: '' };
  child.stdout.setEncoding('utf8').on('data', (text: string) => (said.out += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (said.err += text));
  await new Promise<void>((resolve) => child.once('close', () => resolve()));
  clearTimeout(limit);
  return {
    ...said,
    code: child.exitCode,
    signal: child.signalCode,
    ms: Date.now() - began,
    megabytes: peakOf(peakFile),
  };
}

function peakOf(file: string): number | null {
  try {
    return Number(readFileSync(file, 'utf8')) / 1024;
  } catch {
    return null;
  }
}
