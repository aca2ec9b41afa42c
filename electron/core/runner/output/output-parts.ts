/**
 * The files that hold a run's output. Nearly every run has one, `RUN.log`. When that is full (16 MB) the output goes on
 * in parts named for their first line, `RUN.log.000000123456`, of which the newest 240 MB are kept: the beginning and
 * the end of an output are never dropped.
 */

import { readdirSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { RollbookError } from '#shared/api/result.ts';

export interface OutputLimits {
  /** Bytes. */
  readonly head: number;
  readonly part: number;
  readonly parts: number;
}

const MB = 1024 * 1024;
export const OUTPUT_LIMITS: OutputLimits = { head: 16 * MB, part: 8 * MB, parts: 30 };

export interface OutputPart {
  readonly path: string;
  readonly firstLine: number;
  readonly bytes: number;
}

/**
 * Path of the output of a run or a capture, relative to the data folder. The only place that makes a path from an id,
 * which may come from a window or another machine. Code: `bad-arguments`.
 */
export function outputPath(id: string): string {
  if (!/^[\w-]{1,100}$/.test(id))
    throw new RollbookError('bad-arguments', `"${id}" is no id of a run.`, 'Open the incident again.');
  return join('outputs', `${id}.log`);
}

export const partPath = (file: string, firstLine: number): string =>
  firstLine === 0 ? file : `${file}.${String(firstLine).padStart(12, '0')}`;

/**
 * As partsOf, but usually without listing the folder, which holds the outputs of all runs: there is a second part only
 * when the first file is nearly full.
 */
export function partsToRead(file: string): readonly OutputPart[] {
  const bytes = statSync(file, { throwIfNoEntry: false })?.size ?? 0;
  // One write is far smaller than the other half (output-file.ts).
  return bytes > 0 && bytes < OUTPUT_LIMITS.head / 2 ? [{ path: file, firstLine: 0, bytes }] : partsOf(file);
}

/** In order of their lines; empty when nothing was ever written. */
export function partsOf(file: string): readonly OutputPart[] {
  const name = basename(file);
  let names: string[];
  try {
    names = readdirSync(dirname(file)).filter(
      (entry) => entry === name || (entry.startsWith(`${name}.`) && /^\d{12}$/.test(entry.slice(name.length + 1))),
    );
  } catch {
    return [];
  }
  return names
    .sort()
    .map((entry) => join(dirname(file), entry))
    .map((path) => ({
      path,
      firstLine: path === file ? 0 : Number(path.slice(-12)),
      bytes: statSync(path, { throwIfNoEntry: false })?.size ?? 0,
    }));
}
