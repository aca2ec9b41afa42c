/** The files of one incident in the data folder: outputs, dumps, reports, bundles, folders of runs. */
import { existsSync, lstatSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { ulidSchema } from '#shared/api/call-schemas.ts';
import { liesIn } from '#core/files/lies-in.ts';
import { reportsOf } from '#core/reports/report-path.ts';
import { keptPaths, UNWRITTEN } from '#core/event-log/kept-acts.ts';
import { outputPath, partsOf } from '#core/runner/output/output-parts.ts';
import { workOf } from '#core/runner/working-folders.ts';

export interface FilesOf {
  /** Absolute paths of files and folders that are there; a folder goes with all in it. */
  readonly paths: readonly string[];
  /** Files in them, and their bytes. */
  readonly files: number;
  readonly bytes: number;
  /** Written somewhere else by a person's wish, and still there: these are left to that person. */
  readonly elsewhere: readonly string[];
}

export function filesOf(folder: string, incidentId: string, events: readonly IncidentEvent[]): FilesOf {
  const runs = idsOf(events);
  const candidates = [
    ...runs.flatMap((id) => partsOf(join(folder, outputPath(id))).map(({ path }) => path)),
    ...runs.flatMap((id) => [...workOf(join(folder, 'work'), id), join(folder, 'runs', id)]),
    join(folder, 'dumps', incidentId),
    ...reportsOf(join(folder, 'reports'), incidentId),
    ...['handovers', 'reports', 'drills', UNWRITTEN].flatMap((name) => namedFor(join(folder, name), incidentId)),
    ...keptPaths(folder, incidentId).slice(1),
  ];
  const paths = [...new Set(candidates)].filter((path) => existsSync(path));
  const measured = paths.flatMap(filesIn);
  return {
    paths,
    files: measured.length,
    bytes: measured.reduce((sum, path) => sum + lstatSync(path).size, 0),
    elsewhere: [...new Set(events.flatMap(writtenBy))].filter((path) => existsSync(path) && !isAmong(path, paths)),
  };
}

export function removeFiles({ paths }: Pick<FilesOf, 'paths'>): void {
  for (const path of paths) rmSync(path, { recursive: true, force: true });
}

const isAmong = (path: string, paths: readonly string[]): boolean =>
  paths.some((one) => path === one || liesIn(path, one));

/** Ids of runs and captures. Other ids never named a file. */
function idsOf(events: readonly IncidentEvent[]): readonly string[] {
  const ids = events.flatMap(({ payload }) => {
    const { runId, evidenceId } = (payload ?? {}) as { readonly runId?: unknown; readonly evidenceId?: unknown };
    return [runId, evidenceId].flatMap((id) => ulidSchema.safeParse(id).data ?? []);
  });
  return [...new Set(ids)];
}

/** `ID.md`, `ID.json` and the folder `ID` of older exports, and bundles, `ID-x.rollbook`. */
function namedFor(folder: string, incidentId: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name === incidentId || name.startsWith(`${incidentId}.`) || name.startsWith(`${incidentId}-`))
    .map((name) => join(folder, name));
}

function writtenBy(event: IncidentEvent): readonly string[] {
  if (event.kind === 'dump.proven' && event.payload !== null) return [event.payload.path];
  if (event.kind === 'handover.given' && event.payload?.path !== undefined) return [event.payload.path];
  if (event.kind !== 'report.exported' || event.payload === null) return [];
  const { path, json } = event.payload;
  // An export with evidence is a folder.
  return [json === undefined ? path : dirname(path)];
}

function filesIn(path: string): readonly string[] {
  if (!lstatSync(path).isDirectory()) return [path];
  return readdirSync(path).flatMap((name) => filesIn(join(path, name)));
}
