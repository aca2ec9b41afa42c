/** Gets the secret that opens the socket: from this tab's storage, or in exchange for the one-time token. */
import type { Failure } from '#shared/api/result.ts';
import type { Place } from './place.ts';

export type Admission =
  | { readonly kind: 'admitted'; readonly secret: string }
  /** The host does not answer. Trying again makes sense. */
  | { readonly kind: 'unreachable' }
  /** Trying again does not help on this page. */
  | { readonly kind: 'refused'; readonly failure: Failure };

const AGAIN = 'Start again with `npm start` or `rollbook serve` in a terminal and use the new link.';

const NO_LINK: Failure = {
  code: 'not-allowed',
  message: 'This address opens Rollbook only through the link of its start.',
  advice: AGAIN,
};

export const OLD_SESSION: Failure = {
  code: 'not-allowed',
  message: 'This window belongs to a Rollbook that has ended. The one that runs now has a new link.',
  advice:
    'Open the link that the new one printed in its terminal, and close this window. Nothing that was saved is lost.',
};

/** Prefers the token. If it was used already, a stored secret still works. */
export async function admission(place: Place, token: string | null): Promise<Admission> {
  const stored = place.secret.read();
  if (token === null) {
    return stored === null ? { kind: 'refused', failure: NO_LINK } : { kind: 'admitted', secret: stored };
  }
  const answer = await place.exchange(token).catch(() => null);
  if (answer === null) return { kind: 'unreachable' };
  const secret = answer.ok ? field(answer.body, 'secret') : undefined;
  if (typeof secret === 'string') {
    place.secret.write(secret);
    return { kind: 'admitted', secret };
  }
  if (stored !== null) return { kind: 'admitted', secret: stored };
  return { kind: 'refused', failure: failureOf(answer.body) };
}

function failureOf(body: unknown): Failure {
  const error = field(body, 'error');
  const message = field(error, 'message');
  return typeof message === 'string' ? (error as Failure) : { ...NO_LINK, message: 'Rollbook refused this link.' };
}

const field = (value: unknown, name: string): unknown =>
  typeof value === 'object' && value !== null ? (value as Readonly<Record<string, unknown>>)[name] : undefined;
