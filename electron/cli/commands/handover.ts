/** `rollbook handover export` and `import`: moves an incident to another machine. */
import { count } from '#shared/words/count.ts';
import { resolve } from 'node:path';
import type { HandoverGiven, HandoverTaken } from '#shared/api/handover-calls.ts';
import type { OpenCore } from '#core/core.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { outputPath } from '../output-path.ts';
import { print, type Terminal } from '../terminal.ts';
import { invocation } from '../invocation.ts';

export interface GiveOptions {
  readonly output?: string;
  readonly to: string;
  readonly reason: string;
  readonly json: boolean;
}

/** Codes: see `Handovers.give`. */
export async function give(terminal: Terminal, core: OpenCore, id: string, options: GiveOptions): Promise<ExitCode> {
  const { handovers, operator } = core.services;
  const path = options.output === undefined ? null : outputPath(terminal, options.output);
  const given = await handovers.give(id, { path, to: options.to, reason: options.reason }, operator);
  print(terminal, options.json, given, givenText);
  return EXIT.ok;
}

const givenText = ({ path, sha256, events, leftBehind }: HandoverGiven): string =>
  [
    `Handed over: ${count(events, 'event')} are in ${path}`,
    `sha256 ${sha256}`,
    ...stays(leftBehind),
    `This copy can only be read now. On the other machine: ${invocation()} handover import FILE`,
    'To take it back, import the same file here.',
  ].join('\n');

export interface TakeOptions {
  readonly trust: boolean;
  readonly reason: string;
  readonly json: boolean;
}

/** Codes: see `Handovers.take`. */
export async function takeHandover(
  terminal: Terminal,
  core: OpenCore,
  file: string,
  { trust, reason, json }: TakeOptions,
): Promise<ExitCode> {
  const { handovers, operator } = core.services;
  const taken = await handovers.take(resolve(terminal.cwd, file), { trust, reason }, operator);
  const { resolvedAt } = (await core.services.incidents.open(taken.incidentId)).context.eventLog.state;
  print(terminal, json, taken, (it) => takenText(it, resolvedAt !== null));
  return EXIT.ok;
}

function takenText(
  { incidentId, title, fromBy, fromHost, taken, leftBehind }: HandoverTaken,
  resolved: boolean,
): string {
  if (!taken) return `"${title}" was taken over here before; nothing was changed.`;
  return [
    `Taken over from ${fromBy} on ${fromHost}: ${title}`,
    ...stays(leftBehind),
    resolved
      ? `It is resolved. Write its report: ${invocation()} report ${incidentId}`
      : `Go on with: ${invocation()} run --resume ${incidentId}`,
  ].join('\n');
}

const stays = (leftBehind: HandoverGiven['leftBehind']): readonly string[] =>
  leftBehind.map(({ path, why }) => `Not in it: ${path} (${why})`);
