/** The simulated curl: GET of the service's health address, with the options a runbook uses (curl 7.88). */
import { resolve } from 'node:path';
import { liesIn } from '#core/files/lies-in.ts';
import type { Exit } from '#core/ports.ts';
import { writeArgumentFile } from '#core/simulator/argument-files.ts';
import { exitCode, Interrupted, pause, type ToolCall } from '#core/simulator/tool-call.ts';
import { addressAnswer, type HealthAnswer } from '../../fly/simulator/machine-health.ts';
import { type CurlOptions, readCurlOptions } from './curl-options.ts';

const VERSION = 'curl 7.88.1 (x86_64-pc-linux-gnu) libcurl/7.88.1\nRelease-Date: 2023-02-20\n';
/** Statuses that --retry treats as temporary. */
const TRANSIENT: ReadonlySet<number> = new Set([408, 429, 500, 502, 503, 504]);

export async function curl(call: ToolCall): Promise<Exit> {
  if (call.args.includes('--version') || call.args.includes('-V')) {
    call.write('stdout', VERSION);
    return exitCode(0);
  }
  const options = readCurlOptions(call.args);
  if (options.kind === 'error') {
    call.write('stderr', `curl: ${options.message}\ncurl: try 'curl --help' or 'curl --manual' for more information\n`);
    return exitCode(2);
  }
  try {
    return exitCode(await fetchUrl(call, options));
  } catch (thrown) {
    // Unlike flyctl, curl does not catch the signal.
    if (thrown instanceof Interrupted) return { kind: 'signal', signal: 'SIGINT' };
    throw thrown;
  }
}

interface Transfer {
  readonly code: number;
  readonly error: string | null;
  readonly answer: HealthAnswer | null;
  readonly seconds: number;
}

async function fetchUrl(call: ToolCall, options: CurlOptions): Promise<number> {
  let transfer = await once(call, options);
  for (let tried = 0, wait = 1; tried < options.retries && worthRetrying(transfer, options); tried += 1, wait *= 2) {
    if (!options.silent) {
      const left = options.retries - tried;
      const what = transfer.answer === null ? 'timeout' : 'HTTP error';
      call.write('stderr', `Warning: Problem: ${what}. Will retry in ${wait} seconds. ${left} retries left.\n`);
    }
    tellError(call, options, transfer);
    await pause(call, wait * 1000);
    transfer = await once(call, options);
  }
  const body = transfer.error === null ? (transfer.answer?.body ?? '') : '';
  if (options.output === null) call.write('stdout', body);
  else if (transfer.error === null && options.output !== '/dev/null') {
    const path = resolve(call.cwd, options.output);
    // A drill writes only in its own folder.
    if (liesIn(path, call.cwd)) writeArgumentFile(path, body, 'a file');
  }
  tellError(call, options, transfer);
  if (options.writeOut !== '') call.write('stdout', writtenOut(options.writeOut, transfer));
  return transfer.code;
}

/** Printed once for each failed attempt. */
function tellError(call: ToolCall, { silent, showError }: CurlOptions, { code, error }: Transfer): void {
  if (error !== null && (!silent || showError)) call.write('stderr', `curl: (${code}) ${error}\n`);
}

async function once(call: ToolCall, options: CurlOptions): Promise<Transfer> {
  const begun = addressAnswer(call.cloud.read(), options.url, call.clock.now());
  if (begun === null) {
    const host = /^(?:[a-z]+:\/\/)?([^/:?#]+)/i.exec(options.url)?.[1] ?? options.url;
    return { code: 6, error: `Could not resolve host: ${host}`, answer: null, seconds: 0 };
  }
  const { ms } = begun;
  if (ms > options.maxMs) {
    await pause(call, options.maxMs);
    const error = `Operation timed out after ${options.maxMs} milliseconds with 0 bytes received`;
    return { code: 28, error, answer: null, seconds: options.maxMs / 1000 };
  }
  await pause(call, ms);
  const answer = addressAnswer(call.cloud.read(), options.url, call.clock.now()) ?? begun;
  const refused = options.fail && answer.status >= 400;
  return {
    code: refused ? 22 : 0,
    error: refused ? `The requested URL returned error: ${answer.status}` : null,
    answer,
    seconds: ms / 1000,
  };
}

function worthRetrying(transfer: Transfer, options: CurlOptions): boolean {
  if (transfer.answer !== null && TRANSIENT.has(transfer.answer.status)) return true;
  return transfer.code === 28 || (transfer.code !== 0 && options.retryAllErrors);
}

const ESCAPES: Readonly<Record<string, string>> = { '\\n': '\n', '\\t': '\t', '\\r': '\r', '%%': '%' };

function writtenOut(format: string, transfer: Transfer): string {
  const values: Readonly<Record<string, string>> = {
    http_code: String(transfer.answer?.status ?? 0).padStart(3, '0'),
    response_code: String(transfer.answer?.status ?? 0).padStart(3, '0'),
    time_total: transfer.seconds.toFixed(6),
    size_download: String(transfer.answer?.body.length ?? 0),
  };
  return format.replace(/\\[ntr]|%%|%\{(\w+)\}/g, (found, name?: string) =>
    name === undefined ? (ESCAPES[found] ?? found) : (values[name] ?? ''),
  );
}
