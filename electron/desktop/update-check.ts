/**
 * Whether there is a newer Rollbook. Asks one https address at most once a day, only when there is an address, never
 * while an incident is open, and only tells: nothing is fetched or installed.
 */
import { z } from 'zod';
import type { Fetch } from '#core/network/machine-fetch.ts';

const DAY_MS = 24 * 60 * 60_000;
const LIMIT_MS = 10_000;
/** A release of GitHub lists its notes and every file. */
const MOST_BYTES = 256 * 1_024;

const version = z.string().regex(/^\d{1,6}\.\d{1,6}\.\d{1,6}$/);
const page = z.url({ protocol: /^https$/ });

/** `{"version": "1.4.0", "page": "https://..."}`. */
const own = z.object({ version, page: page.optional() });

export type Update = z.infer<typeof own>;

/** The latest release of a GitHub repository (REST API 2022-11-28), whose tag is the version with a `v`. */
const release = z
  .object({ tag_name: z.string(), html_url: page })
  .transform(({ tag_name, html_url }): unknown => ({ version: tag_name.replace(/^v/, ''), page: html_url }))
  .pipe(own);

/** The answer of the update address. */
const answer = z.union([own, release]);

/** Keys of the settings. */
export const UPDATE_SETTINGS = { off: 'update.off', url: 'update.url', askedAt: 'update.asked-at' } as const;

export interface UpdateParts {
  readonly version: string;
  /** The address of the package's own metadata, if it has one; a setting comes before it. */
  readonly packaged: unknown;
  readonly settings: { readonly get: (key: string) => unknown; readonly set: (k: string, v: unknown) => Promise<void> };
  readonly ask: (address: string) => Promise<Update>;
  readonly tell: (update: Update) => void;
}

/** The address to ask, or null: none is set, or it is not https. */
export function updateAddress({ settings, packaged }: Pick<UpdateParts, 'settings' | 'packaged'>): string | null {
  const url = settings.get(UPDATE_SETTINGS.url) ?? packaged;
  return typeof url === 'string' && URL.parse(url)?.protocol === 'https:' ? url : null;
}

/** May be called often. Resolves without a message when the day is not over or there was no answer. */
export function updateCheck(parts: UpdateParts): (now: number, incidentOpen: boolean) => Promise<void> {
  let asking = false;
  let busy = false;
  let untold: Update | null = null;
  return async (now, incidentOpen) => {
    const { settings } = parts;
    busy = incidentOpen;
    if (untold !== null && !busy && settings.get(UPDATE_SETTINGS.off) !== true) {
      parts.tell(untold);
      untold = null;
    }
    const address = updateAddress(parts);
    if (asking || incidentOpen || address === null || settings.get(UPDATE_SETTINGS.off) === true) return;
    const askedAt = settings.get(UPDATE_SETTINGS.askedAt);
    // A clock that was set back must not silence it for years.
    if (typeof askedAt === 'number' && now - askedAt < DAY_MS && askedAt <= now) return;
    asking = true;
    try {
      // First: a store that cannot keep it must not make us ask every second.
      await settings.set(UPDATE_SETTINGS.askedAt, now);
      const update = await parts.ask(address);
      if (isNewer(update.version, parts.version)) {
        // An incident may have been declared while it was asked: then it waits until that is over.
        if (busy) untold = update;
        else parts.tell(update);
      }
      asking = false;
    } catch {
      // No network is no news. A store that cannot keep the time ends the asking for this run.
      asking = settings.get(UPDATE_SETTINGS.askedAt) !== now;
    }
  };
}

/** Whether version `a` is newer than `b`. Three numbers each; anything after a hyphen is ignored. */
export function isNewer(a: string, b: string): boolean {
  const numbers = (version: string): number[] => (version.split('-')[0] ?? '').split('.').map(Number);
  const [left, right] = [numbers(a), numbers(b)];
  const differs = left.findIndex((part, index) => part !== right[index]);
  return differs >= 0 && (left[differs] ?? 0) > (right[differs] ?? 0);
}

/** Asks an address with `fetcher`. Rejects on anything but a short answer of the right shape. Follows no redirect. */
export async function askForUpdate(address: string, fetcher: Fetch = fetch): Promise<Update> {
  const response = await fetcher(address, {
    redirect: 'error',
    headers: { Accept: 'application/json' },
    signal: AbortSignal.timeout(LIMIT_MS),
  });
  if (!response.ok || response.body === null) throw new Error(`The update address answered ${response.status}.`);
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for await (const chunk of response.body) {
    bytes += chunk.byteLength;
    if (bytes > MOST_BYTES) throw new Error('The update address answered too much.');
    text += decoder.decode(chunk, { stream: true });
  }
  return answer.parse(JSON.parse(text));
}
