/**
 * `fly logs`: never ends by itself, and with --no-tail only after a page that was not empty
 * (flyctl v0.4.87 logs/polling.go).
 */
import type { CloudLog } from '#core/simulator/simulated-cloud.ts';
import { pause } from '#core/simulator/tool-call.ts';
import { type FlyCall, type FlyCommand, reach } from './fly-command.ts';
import { goJson, rfc3339, serviceTime } from './go-text.ts';
import { fillJson } from './transcript.ts';
import readings from './transcripts/readings.json' with { type: 'json' };

const POLL_MS = 1_000;

export const logs: FlyCommand = { needs: 'app', run };

async function run(call: FlyCall, app: string): Promise<void> {
  await reach(call, 'logs', app);
  // By place in the list, not by time: another process may add a line a moment after the time it bears.
  const shown = new Set<number>();
  for (;;) {
    const page = newEntries(call, shown);
    for (const entry of page) call.write('stdout', call.flags.on('--json -j') ? asJson(entry) : asText(entry));
    if (page.length > 0 && call.flags.on('--no-tail -n')) return;
    await pause(call, POLL_MS);
  }
}

function newEntries(call: FlyCall, shown: Set<number>): readonly CloudLog[] {
  const machine = call.flags.text('--machine -m --instance -i');
  const region = call.flags.text('--region -r') || call.env['FLY_REGION'] || '';
  const now = call.clock.now();
  const fresh: CloudLog[] = [];
  for (const [place, log] of call.cloud.read().logs.entries()) {
    const wanted = (machine === '' || log.machine === machine) && (region === '' || log.region === region);
    if (log.at > now || shown.has(place) || !wanted) continue;
    shown.add(place);
    fresh.push(log);
  }
  return fresh.sort((a, b) => a.at - b.at);
}

const colour = (code: string, text: string): string => `\u001b[${code}m${text}\u001b[0m`;
const LEVEL_COLOUR: Readonly<Record<string, string>> = { debug: '36', info: '34', warn: '33' };

/** Coloured by aurora, whatever NO_COLOR or a pipe say. */
const asText = (log: CloudLog): string =>
  `${colour('2', rfc3339(log.at))} ${log.provider}[${log.machine}] ${colour('32', log.region)} ` +
  `[${colour(LEVEL_COLOUR[log.level] ?? '31', log.level)}]${log.message}\n`;

/** One object after the other: neither an array nor one object a line. */
const asJson = (log: CloudLog): string => goJson(fillJson(readings.log, { ...log, time: serviceTime(log.at) }));
