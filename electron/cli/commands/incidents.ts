/** `rollbook incidents`: what the store holds. */
import type { IncidentSummary } from '#shared/contract/incident-summary.ts';
import { type IncidentStatistics, incidentStatistics } from '#shared/drills/statistics.ts';
import type { OpenCore } from '#core/core.ts';
import { keptApart } from '#core/emergency/kept-apart.ts';
import { count } from '#shared/words/count.ts';
import { begunAt } from '#shared/drills/held-at.ts';
import { LEFT_AS, leftAs } from '#shared/drills/left-as.ts';
import { listedTitle } from '#shared/drills/listed-title.ts';
import { durationText } from '#shared/words/duration.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { columns, print, type Terminal } from '../terminal.ts';
import { sayApart } from '../kept-apart.ts';
import { sayWaitingIn } from '../waiting.ts';

export async function incidents(terminal: Terminal, core: OpenCore, json: boolean, stats: boolean): Promise<ExitCode> {
  if (stats) {
    print(terminal, json, incidentStatistics(core.services.incidents.list()), statisticsText);
    return EXIT.ok;
  }
  const listed = core.services.incidents.list();
  const apart = await keptApart(core.services.store.folder);
  print(terminal, json, { incidents: listed }, ({ incidents: list }) =>
    list.length === 0 && apart.length > 0 ? NONE_IN_STORE : listText(list),
  );
  sayApart(terminal, apart);
  sayWaitingIn(
    terminal,
    core,
    listed.map(({ id }) => id),
  );
  return EXIT.ok;
}

const NONE_IN_STORE = 'No incident is in the store yet. Those that are kept apart from it are named on stderr.';

function statisticsText(numbers: IncidentStatistics): string {
  const { incidents: held, open, bySeverity, targetsMet, targetsMissed, medianMitigationMs } = numbers;
  const severities = Object.entries(bySeverity).map(([severity, each]) => `${severity} ${each}`);
  return [
    `${count(held, 'live incident')}, ${open} of them open (${severities.join(', ')}); drills do not count`,
    `targets met: ${targetsMet} of ${targetsMet + targetsMissed}`,
    `median mitigation: ${medianMitigationMs === null ? 'none yet' : durationText(medianMitigationMs)}`,
  ].join('\n');
}

function standing(incident: IncidentSummary): string {
  const { handedOver, heldBy, purgedAt, status } = incident;
  if (purgedAt !== undefined) return 'purged';
  if (handedOver !== null) return 'handed over';
  if (heldBy !== null) return `${status}, held`;
  return [status, leftAs(incident) ?? []].flat().join(', ');
}

function listText(list: readonly IncidentSummary[]): string {
  if (list.length === 0) return 'No incidents yet. `rollbook drill --list` shows what can be practised.';
  const rows = list.map((incident) => [
    incident.id,
    incident.kind,
    incident.severity,
    standing(incident),
    incident.outcome ?? '-',
    incident.mitigationMs === null ? '-' : durationText(incident.mitigationMs),
    new Date(begunAt(incident)).toISOString().slice(0, 16).replace('T', ' '),
    listedTitle(incident),
  ]);
  const table = columns([['ID', 'KIND', 'SEV', 'STATUS', 'OUTCOME', 'MITIGATION', 'BEGUN (UTC)', 'TITLE'], ...rows]);
  const words = (['interrupted', 'unattended'] as const).filter((word) => list.some((each) => leftAs(each) === word));
  return words.length === 0 ? table : [table, '', ...words.map((word) => LEFT_AS[word]), ...WAYS_ON].join('\n');
}

const WAYS_ON = ['  Go on with it:  rollbook run --resume ID', '  End it:         rollbook resolve ID "why"'];
