/** Finds a team's webhooks: in the environment, or in a file that only this user can read. */
import { join } from 'node:path';
import { RollbookError } from '#shared/api/result.ts';
import { readRegular, RefusedFile } from '#core/files/read-regular.ts';

export type Audience = 'live' | 'drill';

/** Drills go only to a webhook that was set for drills (product rule 14). */
const NAMES: Readonly<Record<Audience, { readonly variable: string; readonly file: string }>> = {
  live: { variable: 'ROLLBOOK_SLACK_WEBHOOK', file: 'slack-webhook' },
  drill: { variable: 'ROLLBOOK_SLACK_DRILL_WEBHOOK', file: 'slack-drill-webhook' },
};

export interface Webhooks {
  /** The address, or null when none is set. Code: `environment` for one that cannot be used. */
  of(audience: Audience): URL | null;
}

/** `folder`: the data folder; the files are in its `secrets`. Read each time, so a change needs no restart. */
export function webhooks(environment: Readonly<Record<string, string | undefined>>, folder: string): Webhooks {
  return {
    of(audience) {
      const { variable, file } = NAMES[audience];
      const path = join(folder, 'secrets', file);
      const given = environment[variable]?.trim() || contentOf(path);
      return given === null || given === '' ? null : webhookAddress(given, environment[variable] ? variable : path);
    },
  };
}

/** More than any address, bytes. */
const MOST_BYTES = 64 * 1024;

function contentOf(path: string): string | null {
  try {
    return readRegular(path, MOST_BYTES, { ownersOnly: true }).toString('utf8').trim();
  } catch (thrown) {
    if (thrown instanceof RefusedFile && thrown.code === 'EOTHERS')
      throw new RollbookError(
        'environment',
        `${path} can be read by others.`,
        `Make it yours alone: chmod 600 ${path}`,
      );
    if ((thrown as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw new RollbookError('environment', `${path} cannot be read.`, 'Correct its permissions, or remove it.');
  }
}

/** The address itself is in no message: it is the secret. Code: `environment`. */
export function webhookAddress(given: string, source: string): URL {
  const url = URL.canParse(given) ? new URL(given) : null;
  const loopback = url !== null && ['127.0.0.1', '[::1]', 'localhost'].includes(url.hostname);
  if (url?.protocol === 'https:' || (url?.protocol === 'http:' && loopback)) return url;
  throw new RollbookError(
    'environment',
    `What ${source} holds is not a webhook address.`,
    'Put the whole https:// address there that Slack shows for the incoming webhook.',
  );
}
