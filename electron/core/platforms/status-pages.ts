/** Reads the providers' public status pages, in parallel and for at most five seconds. Nothing waits for the result. */
import {
  type ProviderId,
  type ProviderStanding,
  type ProviderStatus,
  readSummary,
} from '#shared/platforms/status-page.ts';
import { type Fetch, machineFetch } from '#core/network/machine-fetch.ts';
import { wayOut } from '#core/network/way-out.ts';
import { IN_THE_WAY } from '#core/network/unreached.ts';

const LIMIT_MS = 5_000;
const MAX_BYTES = 2 * 1024 * 1024;

interface Provider {
  readonly id: ProviderId;
  readonly title: string;
  readonly page: string;
  /** An environment variable with another address, for a mirror or a test; "off" disables it. */
  readonly variable: string;
}

const PROVIDERS: readonly Provider[] = [
  { id: 'fly', title: 'Fly.io', page: 'https://status.flyio.net', variable: 'ROLLBOOK_STATUS_FLY' },
  { id: 'supabase', title: 'Supabase', page: 'https://status.supabase.com', variable: 'ROLLBOOK_STATUS_SUPABASE' },
];

export type AskProviders = () => Promise<readonly ProviderStatus[]>;

interface ProvidersParts {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly now: () => number;
  readonly fetch?: Fetch;
  /** Time limit of each request, ms. */
  readonly limitMs?: number;
}

/** Returns the function that asks all providers. It never rejects: a page that cannot be read has the standing `unasked`. */
export function askProviders({
  environment,
  now,
  fetch: send = machineFetch(wayOut({})),
  limitMs = LIMIT_MS,
}: ProvidersParts): AskProviders {
  return async () =>
    await Promise.all(
      PROVIDERS.map(async ({ id, title, page, variable }) => {
        const address = environment[variable]?.trim() || page;
        const standing = await ask(address, variable, send, limitMs);
        return { id, title, page, standing, askedAt: now() };
      }),
    );
}

async function ask(address: string, variable: string, send: Fetch, limitMs: number): Promise<ProviderStanding> {
  const unasked = (why: string): ProviderStanding => ({ kind: 'unasked', why });
  if (address === 'off') return unasked(`${variable} is off`);
  const url = summaryUrl(address);
  if (url === null) return unasked(`${variable} is no http or https address`);
  try {
    const response = await send(url, {
      headers: { accept: 'application/json' },
      signal: AbortSignal.timeout(limitMs),
    });
    if (!response.ok) return unasked(`the page answered ${response.status}`);
    return readSummary(await bodyOf(response));
  } catch (thrown) {
    return unasked(reasonOf(thrown, limitMs));
  }
}

function summaryUrl(address: string): URL | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol)) return null;
  if (!url.pathname.endsWith('.json')) url.pathname = `${url.pathname.replace(/\/$/, '')}/api/v2/summary.json`;
  return url;
}

/** The body as text. Throws when it is longer than any summary. */
async function bodyOf(response: Response): Promise<string> {
  const reader = response.body?.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const part = await reader?.read();
    if (part === undefined || part.done) return text + decoder.decode();
    bytes += part.value.length;
    if (bytes > MAX_BYTES) {
      await reader?.cancel();
      throw new Error('too much');
    }
    text += decoder.decode(part.value, { stream: true });
  }
}

function reasonOf(thrown: unknown, limitMs: number): string {
  if (!(thrown instanceof Error)) return 'the connection failed';
  if (thrown.name === 'TimeoutError') return `no answer within ${limitMs / 1_000} s`;
  if (thrown.message === 'too much') return 'the page answered more than 2 MB';
  const { code, message } = (thrown.cause ?? {}) as { readonly code?: unknown; readonly message?: string };
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'no network, or no name service';
  if (code === IN_THE_WAY && message !== undefined) return message;
  return typeof code === 'string' && /^[A-Z_]+$/.test(code) ? code : 'the connection failed';
}
