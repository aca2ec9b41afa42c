/** A report with its evidence: one folder with report.md, report.json, evidence/ and SHA256SUMS, which `sha256sum -c` reads. */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { evidencePath } from '#shared/report/evidence.ts';
import { RollbookError } from '#shared/contract/result.ts';
import { writeWhole } from '#core/files/write-whole.ts';
import { outputPath, partsOf } from '#core/runner/output-parts.ts';

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

interface Recorded {
  readonly id: string;
  readonly sha256: string;
}

/** Codes: `not-allowed` (something else is in the folder), `store-unwritable`, `disk-full`. */
export async function writeEvidenceFolder(
  folder: string,
  dataFolder: string,
  reports: { readonly markdown: string; readonly json: string },
  events: readonly IncidentEvent[],
): Promise<{ readonly files: readonly EvidenceFile[]; readonly missing: readonly EvidenceMissing[] }> {
  mustBeOurs(folder);
  const files: EvidenceFile[] = [];
  const missing: EvidenceMissing[] = [];
  try {
    mkdirSync(join(folder, 'evidence'), { recursive: true, mode: 0o700 });
    for (const { id, sha256 } of recordedIn(events)) {
      const path = evidencePath(id);
      const parts = partsOf(join(dataFolder, outputPath(id))).map((part) => part.path);
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
  writeWhole(join(folder, 'report.md'), reports.markdown, 'The report', 0o600);
  writeWhole(join(folder, 'report.json'), reports.json, 'The report', 0o600);
  const sums = [
    ...files,
    { path: 'report.md', sha256: sha256Of(reports.markdown) },
    { path: 'report.json', sha256: sha256Of(reports.json) },
  ];
  writeWhole(
    join(folder, 'SHA256SUMS'),
    sums.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(''),
    'The hashes',
    0o600,
  );
  return { files, missing };
}

/** Outputs of runs and what was captured; a purged event names none. */
function recordedIn(events: readonly IncidentEvent[]): readonly Recorded[] {
  return events.flatMap((event): readonly Recorded[] => {
    if (event.kind === 'run.ended' && event.payload?.output != null)
      return [{ id: event.payload.runId, sha256: event.payload.output.sha256 }];
    if (event.kind === 'evidence.captured' && event.payload !== null)
      return [{ id: event.payload.evidenceId, sha256: event.payload.sha256 }];
    return [];
  });
}

const OURS: ReadonlySet<string> = new Set(['report.md', 'report.json', 'SHA256SUMS', 'evidence']);

/** An earlier export is written over; anything else that lies there is somebody's. */
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
