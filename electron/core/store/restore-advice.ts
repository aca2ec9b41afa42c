/** Advice for a damaged store: its newest copy, and the commands that put it back. */
import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import { backupsPath } from './paths.ts';

/** File names of daily copies, and of copies before a migration. */
const STAMP = /-(\d{4}-\d\d-\d\d)T(\d\d)-(\d\d)-(\d\d)-(\d{3})Z/;
const KEEP = 'Nothing was changed or deleted.';

/** `path`: of the store's file. */
export function putBackAdvice(path: string): string {
  const folder = dirname(path);
  const copy = newestCopy(folder);
  const aside = `Move ${basename(path)} aside together with rollbook.db-wal and rollbook.db-shm (keep them: the newest changes may be in the -wal file)`;
  if (copy === null)
    return `${KEEP} There is no copy in ${backupsPath(folder)}. ${aside}, then put back a backup of yours or start with an empty store.`;
  const when = new Date(copy.at).toISOString().slice(0, 16).replace('T', ' ');
  const newest = `The newest copy is ${copy.path}, of ${when} UTC; what came later is in the damaged store alone.`;
  if (process.platform === 'win32')
    return `${KEEP} ${newest} Close every Rollbook. ${aside}, then copy that file to ${path}.`;
  const commands = [
    `cd ${shellQuote([folder])}`,
    'old=$(mktemp -d ./damaged-XXXXXX)',
    'mv rollbook.db* "$old"',
    `cp -p ${shellQuote([join('backups', basename(copy.path))])} rollbook.db`,
  ];
  return `${KEEP} ${newest} Close every Rollbook, then put it back: ${commands.join(' && ')}`;
}

function newestCopy(folder: string): { readonly path: string; readonly at: number } | null {
  try {
    const copies = readdirSync(backupsPath(folder))
      .filter((name) => name.endsWith('.db'))
      .map((name) => join(backupsPath(folder), name))
      .map((path) => ({ path, size: statSync(path).size, at: timeOf(path) }))
      .filter(({ size }) => size > 0);
    return copies.toSorted((a, b) => b.at - a.at)[0] ?? null;
  } catch {
    return null;
  }
}

/** Time of a copy, from its name: a purge rewrites the files. A copy with another name was put there by hand. */
function timeOf(path: string): number {
  const [, day, hours, minutes, seconds, ms] = STAMP.exec(basename(path)) ?? [];
  const named = day === undefined ? Number.NaN : Date.parse(`${day}T${hours}:${minutes}:${seconds}.${ms}Z`);
  return Number.isNaN(named) ? statSync(path).mtimeMs : named;
}
