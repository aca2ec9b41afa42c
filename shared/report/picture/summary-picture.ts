import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import type { IncidentPicture, PictureMoment } from './incident-picture.ts';

/**
 * What a row of the list knows of the picture: milestones and target, without commands and probes. null for an incident
 * that is over: its row does not keep when it was detected.
 */
export function summaryPicture(summary: IncidentSummary): IncidentPicture | null {
  const { now, declaredAt, containedMs, mitigationMs, targetMs, kind, severity, title } = summary;
  if (now === null) return null;
  const detected = declaredAt - now.beforeMs;
  const moments: readonly (readonly [PictureMoment['name'], number | null])[] = [
    ['Detected', 0],
    ['Declared', now.beforeMs],
    ['Contained', containedMs],
    ['Effective', mitigationMs],
  ];
  const minutes = targetMs === null ? 0 : Math.round(targetMs / 60_000);
  return {
    title: `${kind === 'drill' ? 'DRILL ' : ''}${severity}: ${title}`,
    moments: moments
      .flatMap(([name, after]) => (after === null ? [] : [{ name, at: detected + after }]))
      .toSorted((a, b) => a.at - b.at),
    target: targetMs === null ? null : { at: detected + targetMs, text: `${minutes} min`, met: summary.met },
    changes: [],
    reads: [],
    probes: [],
    watch: null,
  };
}
