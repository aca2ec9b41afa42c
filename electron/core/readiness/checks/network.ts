import { adviceOn } from '#core/network/unreached.ts';
import type { Fetch } from '#core/network/machine-fetch.ts';
import { isHealthy } from '#shared/platforms/health.ts';
import { healthChecksOf } from '#shared/runbook/services.ts';
import { askHealth } from '#core/engine/health.ts';
import { type ChecksOf, failed, type Found, ok, unknown, warning } from '../readiness-check.ts';

const LIMIT_MS = 6_000;
/** A target is a matter of minutes; a login token of seconds. */
const SKEW_WARN_MS = 10_000;
const SKEW_FAIL_MS = 120_000;

/** Each health address answers, and this machine's clock agrees with theirs. */
export const network: ChecksOf = ({ model, http, fetch, clock }) => {
  const { services } = model.settings;
  const first = services.find(({ health }) => health !== '')?.health;
  return [
    ...services.flatMap(({ id, title }) =>
      healthChecksOf(model, id).map((check, index) => ({
        id: index === 0 ? `health ${id}` : `health ${id} ${index + 1}`,
        group: 'network' as const,
        title: `Health address of ${title}`,
        look: async (): Promise<Found> => {
          const health = check.url;
          const answer = await askHealth(http, [check], LIMIT_MS);
          if (answer.kind === 'no-answer') return failed(`${health}: ${answer.reason}`, adviceOn(answer.reason));
          return isHealthy(answer)
            ? ok(`${health} answers ${answer.status} in ${answer.ms} ms`)
            : warning(
                `${health} ${check.status.includes(answer.status) ? (answer.unhealthy ?? '') : `answers ${answer.status}`}`,
                `A rollback is proven by three answers with ${check.status.join(' or ')} here: correct the address, or the service.`,
              );
        },
      })),
    ),
    ...(first === undefined
      ? []
      : [
          {
            id: 'clock',
            group: 'machine' as const,
            title: "This machine's clock",
            look: async (): Promise<Found> => {
              const theirs = await dateAt(first, fetch);
              if (theirs === null) return unknown('no server told its time', 'Check the network, then look again.');
              return skewOf(clock.now() - theirs);
            },
          },
        ]),
  ];
};

function skewOf(skewMs: number): Found {
  const seconds = Math.round(Math.abs(skewMs) / 1_000);
  const words = `${seconds} s ${skewMs > 0 ? 'ahead of' : 'behind'} the server`;
  const fix = 'Let the system set the time (NTP): the timeline and logins depend on it.';
  if (seconds * 1_000 >= SKEW_FAIL_MS) return failed(words, fix);
  return seconds * 1_000 >= SKEW_WARN_MS ? warning(words, fix) : ok(seconds <= 1 ? 'agrees with the server' : words);
}

/** The Date header of a server, ms since the epoch; null without an answer. */
async function dateAt(address: string, fetch: Fetch): Promise<number | null> {
  try {
    const answer = await fetch(address, { method: 'HEAD', redirect: 'manual', signal: AbortSignal.timeout(LIMIT_MS) });
    const at = Date.parse(answer.headers.get('date') ?? '');
    return Number.isNaN(at) ? null : at;
  } catch {
    return null;
  }
}
