/** Requests from outside the window: a runbook file to import, or a link to an incident. Pure. */
import { resolve } from 'node:path';

export type OutsideRequest =
  | { readonly kind: 'runbook' /** Absolute. */; readonly path: string }
  | { readonly kind: 'incident'; readonly incidentId: string };

export const LINK_SCHEME = 'rollbook';

/** `rollbook://incident/ID` and nothing around it; an id is a ULID, so no text of a link ever reaches a path or a page. */
const LINK = /^rollbook:\/\/incident\/([0-9A-HJKMNP-TV-Z]{26})\/?$/i;
const MARKDOWN = /\.(?:md|markdown)$/i;
const LONGEST = 4_096;

/** Reads one argument, dropped file or link; null when it is neither. Relative paths are relative to the caller's folder. */
export function requestOf(argument: string, cwd: string): OutsideRequest | null {
  if (argument.length > LONGEST || argument.includes('\0')) return null;
  const incidentId = LINK.exec(argument)?.[1]?.toUpperCase();
  if (incidentId !== undefined) return { kind: 'incident', incidentId };
  const isFile = !argument.startsWith('-') && MARKDOWN.test(argument) && !/^[a-z][\w+.-]+:\/\//i.test(argument);
  return isFile ? { kind: 'runbook', path: resolve(cwd, argument) } : null;
}

/** The requests in the arguments of a start. The program and its switches are none. */
export function requestsOf(argv: readonly string[], cwd: string): readonly OutsideRequest[] {
  return argv.flatMap((argument) => requestOf(argument, cwd) ?? []);
}

/** What a second start passes to the first one. Not Electron's own copy of the arguments, which Chromium reorders. */
export interface SecondStart extends Record<string, unknown> {
  readonly argv: readonly string[];
  readonly cwd: string;
}

/** Comes from another process: its shape is checked, and anything else is ignored. */
export function requestsOfSecondStart(told: unknown): readonly OutsideRequest[] {
  if (typeof told !== 'object' || told === null) return [];
  const { argv, cwd } = told as Partial<SecondStart>;
  if (typeof cwd !== 'string' || !Array.isArray(argv)) return [];
  return requestsOf(
    argv.filter((argument) => typeof argument === 'string'),
    cwd,
  );
}
