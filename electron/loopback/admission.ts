/** POST /session: a one-time token for a session secret. */
import type { IncomingMessage } from 'node:http';
import type { Failure } from '#shared/api/result.ts';
import { type Body, json } from './answer.ts';
import type { LoopbackLimits } from './limits.ts';
import type { Links } from './links.ts';
import type { Sessions } from './sessions.ts';

export interface Admission {
  readonly status: number;
  readonly body: Body;
}

const AGAIN = 'Start again with `npm start` or `rollbook serve` in a terminal and use the new link.';

const REFUSALS = {
  used: {
    code: 'not-allowed',
    message: 'This link was used already; each link opens one window, once.',
    advice: AGAIN,
  },
  unknown: { code: 'not-allowed', message: 'This link does not belong to the Rollbook that runs now.', advice: AGAIN },
} as const satisfies Record<string, Failure>;

const refused = (status: number, error: Failure): Admission => ({ status, body: json({ error }) });

/** The caller has checked Host and Origin. The token is in no answer, whatever happens. */
export async function admit(
  request: IncomingMessage,
  links: Links,
  sessions: Sessions,
  limits: LoopbackLimits,
): Promise<Admission> {
  if (request.headers['content-type']?.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
    return refused(415, { code: 'bad-arguments', message: 'POST /session takes application/json.' });
  }
  const body = await readBody(request, limits.bodyBytes);
  if (body === null) {
    return refused(413, { code: 'too-large', message: `POST /session takes at most ${limits.bodyBytes} bytes.` });
  }
  const token = tokenOf(body);
  if (token === null) {
    return refused(400, { code: 'bad-arguments', message: 'POST /session takes {"token": "..."}.' });
  }
  const verdict = await links.use(token);
  if (verdict === 'accepted') return { status: 200, body: json({ secret: sessions.create() }) };
  return refused(403, REFUSALS[verdict]);
}

function tokenOf(body: Buffer): string | null {
  try {
    const value: unknown = JSON.parse(body.toString('utf8'));
    if (typeof value !== 'object' || value === null || !('token' in value)) return null;
    return typeof value.token === 'string' ? value.token : null;
  } catch {
    return null;
  }
}

/** The whole body, or null as soon as it is known to pass `limit` bytes; a broken request counts as too large. */
export function readBody(request: IncomingMessage, limit: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > limit) return Promise.resolve(null);
  return new Promise((resolve) => {
    const parts: Buffer[] = [];
    let size = 0;
    request.on('data', (part: Buffer) => {
      size += part.length;
      if (size > limit) {
        request.pause();
        resolve(null);
      } else parts.push(part);
    });
    request.on('end', () => resolve(Buffer.concat(parts)));
    request.on('error', () => resolve(null));
    request.on('close', () => resolve(null));
  });
}
