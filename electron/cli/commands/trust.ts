/** `rollbook trust FILE`: a person has reviewed this runbook; from now on it may run on this machine. */
import { resolve } from 'node:path';
import type { RunbookSummary } from '#shared/contract/calls.ts';
import type { OpenCore } from '#core/core.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { print, type Terminal } from '../terminal.ts';

export async function trust(terminal: Terminal, core: OpenCore, file: string, json: boolean): Promise<ExitCode> {
  const { runbooks, operator } = core.services;
  const { hash } = await runbooks.importFile(resolve(terminal.cwd, file));
  await runbooks.trust(hash, operator);
  print(terminal, json, runbooks.open(hash).summary, trustText);
  return EXIT.ok;
}

const trustText = ({ title, name, hash }: RunbookSummary): string =>
  `${title} (${name}) may run here now. If the file changes by one byte, it asks again.\nsha256 ${hash}`;
