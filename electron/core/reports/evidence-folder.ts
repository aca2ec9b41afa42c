/**
 * A report with its evidence: one folder with report.md, report.json, incident.svg, evidence/, the chain of events, and
 * SHA256SUMS, which `sha256sum -c` reads. `rollbook verify FOLDER` holds all of it against the chain.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { makePrivateFolder } from '#core/files/make-folder.ts';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { evidencePath } from '#shared/report/evidence.ts';
import { PICTURE_FILE } from '#shared/report/picture/incident-picture.ts';
import { RollbookError } from '#shared/api/result.ts';
import { writeWhole } from '#core/files/write-whole.ts';
import { partsOf } from '#core/runner/output/output-parts.ts';
import { recordedOutputs } from '#core/runner/output/output-record.ts';
import { TIMELINE_FILE } from './timeline-file.ts';

export interface EvidenceFile {
  /** Within the folder. */
  readonly path: string;
  readonly bytes: number;
  readonly sha256: string;
  /** True: as the timeline knows it. False: the file was changed on the disk since. */
  readonly asRecorded: boolean;
}

export interface EvidenceMissing {
  readonly path: string;
  readonly why: string;
}

export interface FolderParts {
  readonly folder: string;
  readonly dataFolder: string;
  /** `picture`: SVG. */
  readonly reports: { readonly markdown: string; readonly json: string; readonly picture: string };
  readonly events: readonly IncidentEvent[];
  /** Notes the export once the report is written, so that the chain names it; answers the chain then, as a file. */
  readonly note: () => Promise<string>;
}

export interface FolderWritten {
  readonly files: readonly EvidenceFile[];
  readonly missing: readonly EvidenceMissing[];
}

/** Codes: `not-allowed` (something else is in the folder), `store-unwritable`, `disk-full`. */
export async function writeEvidenceFolder({
  folder,
  dataFolder,
  reports,
  events,
  note,
}: FolderParts): Promise<FolderWritten> {
  mustBeOurs(folder);
  const files: EvidenceFile[] = [];
  const missing: EvidenceMissing[] = [];
  try {
    // An earlier export may have left evidence that is not part of this one.
    rmSync(join(folder, 'evidence'), { recursive: true, force: true });
    makePrivateFolder(join(folder, 'evidence'));
    for (const { id, path: stored, sha256 } of recordedOutputs(events)) {
      const path = evidencePath(id);
      const parts = partsOf(join(dataFolder, stored)).map((part) => part.path);
      if (parts.length === 0) missing.push({ path, why: 'the output is not in this data folder' });
      else {
        const copied = await copy(parts, join(folder, path));
        files.push({ path, ...copied, asRecorded: copied.sha256 === sha256 });
      }
    }
  } catch (thrown) {
    const full = (thrown as NodeJS.ErrnoException).code === 'ENOSPC';
    throw new RollbookError(
      full ? 'disk-full' : 'store-unwritable',
      `The evidence could not be written to ${folder}: ${(thrown as Error).message}`,
      full ? 'Free some disk space and export again.' : 'Choose another folder.',
    );
  }
  const write = (name: string, text: string, what: string) => {
    writeWhole(join(folder, name), text, what, 0o600);
    return { path: name, sha256: sha256Of(text) };
  };
  const told = [
    write('report.md', reports.markdown, 'The report'),
    write('report.json', reports.json, 'The report'),
    write(PICTURE_FILE, reports.picture, 'The picture'),
    write(TIMELINE_FILE, await note(), 'The timeline'),
  ];
  const sums = [...files, ...told].map(({ path, sha256 }) => `${sha256}  ${path}\n`).join('');
  write('SHA256SUMS', sums, 'The hashes');
  return { files, missing };
}

const OURS: ReadonlySet<string> = new Set([
  'report.md',
  'report.json',
  PICTURE_FILE,
  TIMELINE_FILE,
  'SHA256SUMS',
  'evidence',
]);

/** An earlier export is overwritten; anything else in the folder belongs to somebody else. */
function mustBeOurs(folder: string): void {
  let names: readonly string[];
  try {
    names = readdirSync(folder);
  } catch (thrown) {
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw new RollbookError('not-allowed', `${folder} is no folder.`, 'Name a new folder.');
  }
  const other = names.find((name) => !OURS.has(name));
  if (other === undefined) return;
  throw new RollbookError('not-allowed', `${folder} holds other things (${other}).`, 'Name a new or an empty folder.');
}

/** Parts of a long output become one file again, which has the hash the timeline knows. */
async function copy(parts: readonly string[], to: string): Promise<{ bytes: number; sha256: string }> {
  const hash = createHash('sha256');
  let bytes = 0;
  async function* pieces(): AsyncGenerator<Buffer> {
    for (const part of parts)
      for await (const piece of createReadStream(part) as AsyncIterable<Buffer>) {
        hash.update(piece);
        bytes += piece.length;
        yield piece;
      }
  }
  await pipeline(pieces, createWriteStream(to, { mode: 0o600 }));
  return { bytes, sha256: hash.digest('hex') };
}

const sha256Of = (text: string): string => createHash('sha256').update(text).digest('hex');
