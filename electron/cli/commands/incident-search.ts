/** `rollbook incidents --search TEXT`: which incidents and drills of this machine hold every word. */
import type { IncidentHit } from '#shared/contract/search-calls.ts';
import { begunAt } from '#shared/drills/held-at.ts';
import { listedTitle } from '#shared/drills/listed-title.ts';
import { RollbookError } from '#shared/contract/result.ts';
import type { OpenCore } from '#core/core.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { print, type Terminal } from '../terminal.ts';

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
      'Write a word: rollbook incidents --search "deploy". Without --search all are listed.',
    );
  if (query.startsWith('--'))
    throw new RollbookError(
      'bad-arguments',
      `"${query}" was read as the text to search for.`,
      'Write the text behind --search: rollbook incidents --search "deploy".',
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
