/** What can be asked of Rollbook from outside its window: a runbook to read in, or an incident by its link. Pure. */
import { resolve } from 'node:path';

export type OutsideRequest =
  | { readonly kind: 'runbook' /** Absolute. */; readonly path: string }
  | { readonly kind: 'incident'; readonly incidentId: string };

export const LINK_SCHEME = 'rollbook';

/** `rollbook://incident/ID` and nothing around it; an id is a ULID, so no text of a link ever reaches a path or a page. */
const LINK = /^rollbook:\/\/incident\/([0-9A-HJKMNP-TV-Z]{26})\/?$/i;
const MARKDOWN = /\.(?:md|markdown)$/i;
const LONGEST = 4_096;

/** One argument, dropped file or link; null when it is neither. A relative path is of the caller's folder. */
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

/** What a second start hands to the first. Electron's own copy of its arguments is reordered by Chromium. */
export interface SecondStart extends Record<string, unknown> {
  readonly argv: readonly string[];
  readonly cwd: string;
}

/** It comes from another process: its shape is checked, and what does not fit asks for nothing. */
export function requestsOfSecondStart(told: unknown): readonly OutsideRequest[] {
  if (typeof told !== 'object' || told === null) return [];
  const { argv, cwd } = told as Partial<SecondStart>;
  if (typeof cwd !== 'string' || !Array.isArray(argv)) return [];
  return requestsOf(
    argv.filter((argument) => typeof argument === 'string'),
    cwd,
  );
}
