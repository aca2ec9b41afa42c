import type { Root } from 'mdast';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { buildReport } from '#shared/report/report.ts';
import { serialiseReport } from '#shared/report/serialise.ts';
import type { Runbook } from '#shared/runbook/model.ts';
import { RUNBOOK } from '../../fixtures/runbook-model.ts';

/** The tree with everything that is not an event fixed; local time is an hour ahead of UTC. */
export const treeOf = (events: readonly IncidentEvent[], runbook: Runbook = RUNBOOK): Root =>
  buildReport({
    incidentId: '01K9E0000000000000000000AA',
    events,
    runbook,
    stored: { timelineSha256: 'fe'.repeat(32), appVersion: '0.1.0' },
    local: {
      timeZone: 'Europe/Berlin',
      format: (ms) => new Date(ms + 3_600_000).toISOString().slice(0, 16).replace('T', ' '),
    },
  });

export const reportOf = (events: readonly IncidentEvent[], runbook: Runbook = RUNBOOK): string =>
  serialiseReport(treeOf(events, runbook));
