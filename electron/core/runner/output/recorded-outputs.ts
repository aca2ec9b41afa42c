/** The outputs that an incident's events name: of its runs, and what was captured. A purged event names none. */
import type { IncidentEvent } from '#shared/incident/event.ts';
import { outputPath } from './output-parts.ts';

export interface RecordedOutput {
  /** Id of the run or the capture. */
  readonly id: string;
  /** Relative to the data folder, with `/`. */
  readonly path: string;
  /** All parts together. */
  readonly bytes: number;
  readonly sha256: string;
}

export function recordedOutputs(events: readonly IncidentEvent[]): readonly RecordedOutput[] {
  return events.flatMap((event): readonly RecordedOutput[] => {
    if (event.kind === 'run.ended' && event.payload?.output != null) {
      const { runId, output } = event.payload;
      return [recorded(runId, output)];
    }
    if (event.kind === 'evidence.captured' && event.payload !== null)
      return [recorded(event.payload.evidenceId, event.payload)];
    return [];
  });
}

const recorded = (
  id: string,
  { bytes, sha256 }: { readonly bytes: number; readonly sha256: string },
): RecordedOutput => ({
  id,
  path: outputPath(id).replaceAll('\\', '/'),
  bytes,
  sha256,
});
