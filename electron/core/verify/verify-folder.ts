/** Verifies an export by itself: a folder with a report and its evidence, or a handover bundle. No store is opened. */
import { createHash } from 'node:crypto';
import { existsSync, lstatSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { verifyChain } from '#shared/incident/chain.ts';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { readEvents } from '#shared/incident/upcast.ts';
import { RollbookError } from '#shared/api/result.ts';
import { evidencePath } from '#shared/report/evidence.ts';
import { PICTURE_FILE } from '#shared/report/picture/incident-picture.ts';
import { temporaryFolder } from '#core/files/temporary-folder.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import { readTimeline, TIMELINE_FILE } from '#core/reports/timeline-file.ts';
import { recordedOutputs } from '#core/runner/output/output-record.ts';
import { sha256 } from '#core/store/sha256.ts';
import { differs } from './compare-file.ts';
import { hashOfFiles } from '#core/files/hash-of-files.ts';
import { againstKept, unreadNotes, type Verification, verification } from './verification.ts';

/** `kept`: a hash from an earlier export. Codes: `unreadable-file`, with what is wrong. */
export async function verifyExported(path: string, kept: string | null = null): Promise<Verification> {
  const found = statSync(path, { throwIfNoEntry: false });
  if (found === undefined)
    throw new RollbookError(
      'unreadable-file',
      `There is no ${path}.`,
      'Name an incident, an exported folder or a handover bundle.',
    );
  return found.isDirectory() ? await verifyFolder(path, kept) : await verifyBundle(path, kept);
}

/** A bundle with anything that does not have its hash is refused as a whole. */
async function verifyBundle(path: string, kept: string | null): Promise<Verification> {
  const staging = temporaryFolder('verify');
  try {
    const [bundle] = await inThread('bundle', { path, staging }, path).catch((thrown: unknown) => {
      throw notVerified(path, thrown);
    });
    const { incidentId, leftBehind } = bundle.header;
    const report = againstKept(verifyChain(sha256, incidentId, bundle.rows), bundle.rows, kept);
    const notes = leftBehind.map((left) => `Not in it: ${left.path} (${left.why}).`);
    return verification(incidentId, report, { files: bundle.files.size, findings: [], notes });
  } finally {
    rmSync(staging, { recursive: true, force: true });
  }
}

/** Rewrites the error for somebody who only verifies: nothing is taken over here. */
function notVerified(path: string, thrown: unknown): unknown {
  const why = thrown instanceof RollbookError ? thrown.details?.['refused'] : undefined;
  if (typeof why !== 'string') return thrown;
  return new RollbookError(
    'unreadable-file',
    `${path} cannot be verified: ${why}.`,
    'Name an incident, a folder of `rollbook export --evidence`, or a handover bundle; copy a bundle that was cut or changed again from where it was written.',
  );
}

async function verifyFolder(folder: string, kept: string | null): Promise<Verification> {
  const path = join(folder, TIMELINE_FILE);
  if (!isFile(path))
    throw new RollbookError(
      'unreadable-file',
      `${folder} has no ${TIMELINE_FILE}: it is no export with evidence, an older Rollbook wrote it, or the file is gone.`,
      'Export the incident again: rollbook export ID --evidence -o FOLDER. The files of an older one: sha256sum -c SHA256SUMS.',
    );
  const { incidentId, rows } = await readTimeline(path);
  const report = againstKept(verifyChain(sha256, incidentId, rows), rows, kept);
  const listed = await listedFindings(folder);
  if (!report.ok) return verification(incidentId, report, { ...listed, notes: [] });
  const reading = readEvents(rows);
  const evidence = await evidenceFindings(folder, reading.events);
  const told = reportFindings(folder, reading.events);
  return verification(incidentId, report, {
    files: listed.files,
    // An output is reported only once.
    findings: [...new Set([...evidence, ...told.findings, ...listed.findings])],
    notes: [...unreadNotes(reading), ...told.notes],
  });
}

/** Each file against the list of hashes, and against the chain: somebody who can change a file can change the list. */
async function listedFindings(folder: string): Promise<Pick<Verification, 'files' | 'findings'>> {
  const list = join(folder, 'SHA256SUMS');
  if (!isFile(list)) return { files: 0, findings: ['SHA256SUMS is gone.'] };
  const findings: string[] = [];
  const names = new Set<string>();
  for (const line of readFileSync(list, 'utf8').split('\n').filter(Boolean)) {
    const [, hash = '', name = ''] =
      /^([\da-f]{64}) {2}(report\.md|report\.json|incident\.svg|timeline\.jsonl|evidence\/[\w-]{1,100}\.log)$/.exec(
        line,
      ) ?? [];
    if (name === '')
      findings.push(`SHA256SUMS has a line that no export writes: ${JSON.stringify(line.slice(0, 100))}.`);
    else {
      names.add(name);
      const path = join(folder, name);
      if (!isFile(path)) findings.push(`${name} is gone.`);
      else if ((await hashOfFiles([path])).sha256 !== hash)
        findings.push(`${name} is not the file that SHA256SUMS names.`);
    }
  }
  // Older exports have no picture.
  const picture = isFile(join(folder, PICTURE_FILE)) ? [PICTURE_FILE] : [];
  for (const name of ['report.md', 'report.json', ...picture, TIMELINE_FILE, ...evidenceIn(folder)])
    if (!names.has(name)) findings.push(`${name} stands in no line of SHA256SUMS.`);
  return { files: names.size, findings };
}

function evidenceIn(folder: string): readonly string[] {
  const path = join(folder, 'evidence');
  return existsSync(path) ? readdirSync(path).map((name) => `evidence/${name}`) : [];
}

/** Links are refused because they lead out of the export, and FIFOs because reading one waits forever. */
const isFile = (path: string): boolean => lstatSync(path, { throwIfNoEntry: false })?.isFile() === true;

async function evidenceFindings(folder: string, events: readonly IncidentEvent[]): Promise<readonly string[]> {
  const findings: string[] = [];
  for (const output of recordedOutputs(events)) {
    const name = evidencePath(output.id);
    const path = join(folder, name);
    const wrong = await differs(isFile(path) ? [path] : [], output);
    if (wrong !== null) findings.push(`${name} ${wrong}.`);
  }
  return findings;
}

/** The last export on the timeline is this one: it names the report that was written. */
function reportFindings(folder: string, events: readonly IncidentEvent[]): Pick<Verification, 'findings' | 'notes'> {
  const exported = events.findLast((event) => event.kind === 'report.exported');
  const last = events.at(-1);
  if (exported?.kind !== 'report.exported' || exported.payload === null || last !== exported)
    return { findings: [], notes: ['Its timeline does not name its report, so only SHA256SUMS speaks for that.'] };
  const { sha256: markdown, json } = exported.payload;
  const findings = [['report.md', markdown] as const, ['report.json', json] as const].flatMap(([name, hash]) => {
    const path = join(folder, name);
    if (hash === undefined || !isFile(path)) return [];
    const found = createHash('sha256').update(readFileSync(path)).digest('hex');
    return found === hash ? [] : [`${name} is not the one that its timeline names.`];
  });
  return { findings, notes: [] };
}
