/** `rollbook purge`: removes what an incident holds, after the person has seen what that is and typed its id. */
import type { PurgeDone, PurgePlan } from '#shared/api/purge-calls.ts';
import { RollbookError } from '#shared/api/result.ts';
import { purgeWord } from '#shared/incident/topics/purge.ts';
import { count } from '#shared/words/count.ts';
import type { OpenCore } from '#core/core.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { print, type Terminal } from '../terminal.ts';
import { prompt } from '../wizard/prompt.ts';
import { invocation } from '../invocation.ts';

export interface PurgeOptions {
  readonly reason: string;
  /** Nothing is asked. */
  readonly yes: boolean;
  readonly json: boolean;
}

/** Something that is left is a finding, exit code 1. Codes: those of `Purges.purge`. */
export async function purge(
  terminal: Terminal,
  core: OpenCore,
  incidentId: string,
  { reason, yes, json }: PurgeOptions,
): Promise<ExitCode> {
  const { purges, operator } = core.services;
  // With --json stdout is for the one document.
  const say = json ? terminal.err : terminal.out;
  say(`${planText(purges.plan(incidentId))}\n`);
  const typed = yes ? incidentId : await typedId(terminal, incidentId, say);
  const done = await purges.purge(incidentId, { typed, reason }, operator);
  print(terminal, json, done, doneText);
  return done.left.length === 0 ? EXIT.ok : EXIT.failed;
}

async function typedId(terminal: Terminal, incidentId: string, say: (text: string) => void): Promise<string> {
  const asked = prompt({ ...terminal, out: say });
  try {
    const typed = await asked.ask(`There is no way back. Type ${purgeWord(incidentId)}, the end of its id: `);
    if (typed !== null) return typed;
  } finally {
    asked.close();
  }
  throw new RollbookError(
    'bad-arguments',
    'The purge was not confirmed. Nothing was removed.',
    `Type ${purgeWord(incidentId)} when you are asked for it, or give --yes.`,
  );
}

const planText = ({ incidentId, title, payloads, files, bytes, backups, elsewhere }: PurgePlan): string =>
  [
    `Purge "${title}" (${incidentId}). For good:`,
    `  the contents of ${count(payloads, 'event')}: notes, messages, commands, answers, the report`,
    `  ${count(files, 'file')} of the data folder, ${bytes} bytes: outputs, evidence, dumps, reports, bundles`,
    `  its entries in the search${backups === 0 ? '' : `, and in ${backups === 1 ? '1 copy' : `${backups} copies`} of the store`}`,
    'What stays: its place in the list (kind, severity, times, outcome), who did something when, and the hashes that prove it.',
    ...left(elsewhere),
  ].join('\n');

const left = (elsewhere: readonly string[]): readonly string[] =>
  elsewhere.length === 0 ? [] : ['Not removed, delete it yourself:', ...elsewhere.map((path) => `  ${path}`)];

const doneText = ({ payloads, files, head, left: still, chainHolds, incidentId }: PurgeDone): string =>
  [
    still.length === 0
      ? `Purged: ${count(payloads, 'payload')} and ${count(files, 'file')} are gone; ${chainHolds ? 'the chain is whole' : 'the chain is as damaged as it was before'}.`
      : 'NOT PURGED WHOLLY:',
    ...still.map((line) => `  ${line}`),
    `Timeline head ${head}`,
    still.length === 0
      ? `Look: ${invocation()} verify ${incidentId}`
      : `Then again: ${invocation()} purge ${incidentId}`,
  ].join('\n');
