/** Where reports of the data folder are: named for people, and found again by the incident they are of. */
import { closeSync, existsSync, openSync, readdirSync, readSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** An incident's id is within the first bytes of its report, in every format. */
const BEGINNING = 1_024;

/** '' for a folder. */
export type ReportEnding = '' | '.md' | '.json' | '.html';

/** A path of this name, numbered when another incident has it: `NAME.md`, `NAME-2.md`. */
export function freeReportPath(folder: string, name: string, ending: ReportEnding, incidentId: string): string {
  for (let number = 1; ; number += 1) {
    const path = join(folder, `${name}${number === 1 ? '' : `-${number}`}${ending}`);
    if (!existsSync(path) || isReportOf(path, incidentId)) return path;
  }
}

/** Reports and exported folders of one incident. */
export function reportsOf(folder: string, incidentId: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => join(folder, name))
    .filter((path) => isReportOf(path, incidentId));
}

function isReportOf(path: string, incidentId: string): boolean {
  const file = statSync(path, { throwIfNoEntry: false })?.isDirectory() === true ? join(path, 'report.md') : path;
  if (statSync(file, { throwIfNoEntry: false })?.isFile() !== true) return false;
  const opened = openSync(file, 'r');
  try {
    const beginning = Buffer.alloc(BEGINNING);
    return beginning.toString('utf8', 0, readSync(opened, beginning, 0, BEGINNING, 0)).includes(incidentId);
  } finally {
    closeSync(opened);
  }
}
