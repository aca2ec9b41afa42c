/** `rollbook incidents`: what the store holds. */
import type { IncidentSummary } from '#shared/api/incident-summary.ts';
import { withChecklist } from '#shared/incident/incident-outcome.ts';
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
import { sayApart } from '../emergency-store.ts';
import { sayWaitingIn } from '../warnings.ts';
import type { IncidentHit } from '#shared/api/search-calls.ts';
import { RollbookError } from '#shared/api/result.ts';
import { invocation } from '../invocation.ts';

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
  const {
    incidents: held,
    open,
    bySeverity,
    targetsMet,
    targetsMissed,
    medianMitigationMs,
    medianContainedMs,
  } = numbers;
  const severities = Object.entries(bySeverity).map(([severity, each]) => `${severity} ${each}`);
  return [
    `${count(held, 'live incident')}, ${open} of them open (${severities.join(', ')}); drills do not count`,
    `targets met: ${targetsMet} of ${targetsMet + targetsMissed}`,
    `median mitigation: ${medianMitigationMs === null ? 'none yet' : durationText(medianMitigationMs)}`,
    `median until contained: ${medianContainedMs === null ? 'none yet' : durationText(medianContainedMs)}`,
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
  if (list.length === 0) return `No incidents yet. \`${invocation()} drill --list\` shows what can be practised.`;
  const rows = list.map((incident) => [
    incident.id,
    incident.kind,
    incident.severity,
    standing(incident),
    incident.outcome === null ? '-' : withChecklist(incident.outcome, incident.checklistOpen),
    incident.mitigationMs === null ? '-' : durationText(incident.mitigationMs),
    new Date(begunAt(incident)).toISOString().slice(0, 16).replace('T', ' '),
    listedTitle(incident),
  ]);
  const table = columns([['ID', 'KIND', 'SEV', 'STATUS', 'OUTCOME', 'MITIGATION', 'BEGUN (UTC)', 'TITLE'], ...rows]);
  const words = (['interrupted', 'unattended'] as const).filter((word) => list.some((each) => leftAs(each) === word));
  return words.length === 0 ? table : [table, '', ...words.map((word) => LEFT_AS[word]), ...waysOn()].join('\n');
}

const waysOn = (): string[] => [
  `  Go on with it:  ${invocation()} run --resume ID`,
  `  End it:         ${invocation()} resolve ID "why"`,
];

/** Nothing found is an answer, exit code 0. Code: `bad-arguments` for an empty text. */
export async function searchIncidents(
  terminal: Terminal,
  core: OpenCore,
  query: string,
  json: boolean,
): Promise<ExitCode> {
  if (query.trim() === '')
    throw new RollbookError(
      'bad-arguments',
      'There is nothing to search for: the text is empty.',
      `Write a word: ${invocation()} incidents --search "deploy". Without --search all are listed.`,
    );
  if (query.startsWith('--'))
    throw new RollbookError(
      'bad-arguments',
      `"${query}" was read as the text to search for.`,
      `Write the text behind --search: ${invocation()} incidents --search "deploy".`,
    );
  const incidents = await core.services.search.find(query);
  print(terminal, json, { query, incidents }, ({ incidents: hits }) =>
    hits.length === 0 ? 'Nothing found. Try fewer or shorter words.' : hits.map(hitText).join('\n\n'),
  );
  return EXIT.ok;
}

function hitText({ incident, places, total }: IncidentHit): string {
  const { id, kind, severity, status, outcome } = incident;
  const begun = new Date(begunAt(incident)).toISOString().slice(0, 16).replace('T', ' ');
  const more = total - places.length;
  return [
    `${id}  ${kind === 'drill' ? 'DRILL' : 'live'}  ${severity}  ${begun} UTC  ${outcome ?? status}`,
    `  ${listedTitle(incident)}`,
    ...places.map(({ seq, excerpt }) => `  ${String(seq).padStart(4)}  ${excerpt.map(({ text }) => text).join('')}`),
    ...(more > 0 ? [`        and ${more} more entries`] : []),
  ].join('\n');
}
