/**
 * The chain of an incident as a file of JSON lines, so that an export can be verified where there is no store:
 *
 *   {"rollbook":"timeline","version":1,"incidentId","app"}
 *   {seq, at, ..., payload, salt, payloadHash, prevHash, hash}     each event in order; purged ones without payload and salt
 */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import type { ChainRow } from '#shared/incident/chain.ts';
import { RollbookError } from '#shared/api/result.ts';
import { eventSchema } from '#core/handover/bundle.ts';

export const TIMELINE_FILE = 'timeline.jsonl';
const VERSION = 1;

const header = z.object({
  rollbook: z.literal('timeline'),
  version: z.number(),
  incidentId: z.string().regex(/^[\w-]{1,100}$/),
  app: z.string(),
});

export interface Timeline {
  readonly incidentId: string;
  readonly rows: readonly ChainRow[];
}

export const timelineText = (incidentId: string, app: string, rows: readonly ChainRow[]): string =>
  [{ rollbook: 'timeline', version: VERSION, incidentId, app }, ...rows]
    .map((line) => `${JSON.stringify(line)}\n`)
    .join('');

/** Code: `unreadable-file`, with what is wrong. It does not verify the chain. */
export async function readTimeline(path: string): Promise<Timeline> {
  const rows: ChainRow[] = [];
  let incidentId: string | null = null;
  let number = 0;
  const lines = createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY });
  try {
    for await (const line of lines) {
      number += 1;
      const value = parse(path, line, number);
      if (incidentId === null) incidentId = headerOf(path, value);
      else rows.push(rowOf(path, value, number));
    }
  } finally {
    lines.close();
  }
  if (incidentId === null) throw unreadable(path, 'it is empty');
  return { incidentId, rows };
}

function parse(path: string, line: string, number: number): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    throw unreadable(path, `line ${number} is cut off or was changed`);
  }
}

function headerOf(path: string, value: unknown): string {
  const { data } = header.safeParse(value);
  if (data === undefined) throw unreadable(path, 'its first line is not that of a timeline');
  if (data.version > VERSION) throw unreadable(path, `a newer Rollbook wrote it (version ${data.version})`);
  return data.incidentId;
}

function rowOf(path: string, value: unknown, number: number): ChainRow {
  const { data } = eventSchema.safeParse(value);
  if (data === undefined) throw unreadable(path, `line ${number} is no event`);
  return data;
}

const unreadable = (path: string, why: string): RollbookError =>
  new RollbookError('unreadable-file', `${path} cannot be read: ${why}.`, 'Export the incident again.');
