/** The HTTP side: files of the window for GET and HEAD, the admission of a window for POST /session, nothing else. */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { SESSION_PATH } from '#shared/api/wire.ts';
import { readWindowFile } from '#core/window/window-file.ts';
import { admit } from './admission.ts';
import { answer, text } from './answer.ts';
import { type Address, hostIsOurs, originIsOurs, pathOf } from './gate.ts';
import type { LoopbackLimits } from './limits.ts';
import type { Links } from './links.ts';
import type { Sessions } from './sessions.ts';

export interface RequestParts {
  readonly address: Address;
  readonly windowFolder: string;
  readonly links: Links;
  readonly sessions: Sessions;
  readonly limits: LoopbackLimits;
}

/** Answers one request; never rejects. */
export async function answerRequest(
  request: IncomingMessage,
  response: ServerResponse,
  parts: RequestParts,
): Promise<void> {
  const { address } = parts;
  const close = { Connection: 'close' };
  const path = pathOf(request);
  if (!hostIsOurs(request, address)) {
    answer(response, address, 421, text(`Rollbook answers at ${address.origin} only.`), close);
  } else if (path === null) {
    answer(response, address, 400, text('This request names no path.'), close);
  } else if (path === SESSION_PATH) {
    await admitWindow(request, response, parts);
  } else if (request.method !== 'GET' && request.method !== 'HEAD') {
    answer(response, address, 405, text('Only GET and HEAD here.'), { ...close, Allow: 'GET, HEAD' });
  } else {
    const file = await readWindowFile(parts.windowFolder, path);
    if (file === null) answer(response, address, 404, text('Rollbook has no such page.'));
    else answer(response, address, 200, file);
  }
}

async function admitWindow(request: IncomingMessage, response: ServerResponse, parts: RequestParts): Promise<void> {
  const { address } = parts;
  const close = { Connection: 'close' };
  if (request.method !== 'POST') {
    answer(response, address, 405, text('Only POST here.'), { ...close, Allow: 'POST' });
  } else if (!originIsOurs(request, address)) {
    answer(response, address, 403, text('Only the page of this Rollbook may ask for a session.'), close);
  } else {
    const { status, body } = await admit(request, parts.links, parts.sessions, parts.limits);
    // The rest of a refused body is not read.
    answer(response, address, status, body, status === 200 ? {} : close);
  }
}
