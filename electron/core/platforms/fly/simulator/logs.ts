/**
 * `fly logs`: never ends by itself, and with --no-tail only after a page that was not empty
 * (flyctl v0.4.87 logs/polling.go; entries as internal/render/logs.go prints them).
 */
import type { CloudLog } from '#core/simulator/simulated-cloud.ts';
import { pause } from '#core/simulator/tool-call.ts';
import { noNetwork, refusal } from './app-name.ts';
import { type FlyCall, type FlyCommand, FlyError } from './fly-command.ts';
import { goJson, rfc3339 } from './go-json.ts';

const POLL_MS = 1_000;

export const logs: FlyCommand = {
  name: 'logs',
  short: 'View app logs',
  flags: [
    { name: 'app', short: 'a', takes: 'string' },
    { name: 'config', short: 'c', takes: 'string' },
    { name: 'instance', short: 'i', takes: 'string' },
    { name: 'machine', short: 'm', takes: 'string' },
    { name: 'json', short: 'j', takes: 'nothing' },
    { name: 'no-tail', short: 'n', takes: 'nothing' },
    { name: 'region', short: 'r', takes: 'string' },
    { name: 'select', short: 's', takes: 'nothing' },
  ],
  maxWords: 0,
  needs: 'app',
  run,
};

async function run(call: FlyCall, app: string): Promise<number> {
  await pause(call, call.cloud.read().scenario.latencies.api);
  const refused = refusal(call, app);
  if (refused === 'not-found') throw new FlyError('404 Not Found');
  if (refused === 'no-network') throw new FlyError(noNetwork('Get', `https://api.fly.io/api/v1/apps/${app}/logs`));
  // By place in the list, not by time: another process may add a line a moment after the time it bears.
  const shown = new Set<number>();
  for (;;) {
    const page = newEntries(call, shown);
    for (const entry of page) call.write('stdout', call.flags.on('json') ? asJson(entry) : asText(entry));
    if (page.length > 0 && call.flags.on('no-tail')) return 0;
    await pause(call, POLL_MS);
  }
}

function newEntries(call: FlyCall, shown: Set<number>): readonly CloudLog[] {
  const machine = call.flags.text('machine') || call.flags.text('instance');
  const region = call.flags.text('region') || call.env['FLY_REGION'] || '';
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
const asJson = (log: CloudLog): string =>
  goJson({
    level: log.level,
    instance: log.machine,
    message: log.message,
    region: log.region,
    timestamp: rfc3339(log.at),
    meta: {
      Instance: log.machine,
      Region: log.region,
      Event: { Provider: log.provider },
      HTTP: { Request: { ID: '', Method: '', Version: '' }, Response: { status_code: 0 } },
      Error: { Code: 0, Message: '' },
      URL: { Full: '' },
    },
  });
