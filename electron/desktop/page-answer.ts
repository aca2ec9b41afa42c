/** Answers of the app:// protocol: a file of the built window, or a refusal. Needs no Electron. */
import { readWindowFile } from '#core/window/window-file.ts';
import { windowHeaders } from '#core/window/security-headers.ts';
import { isOurs } from './places.ts';

/** The desktop page connects to nothing; its calls go through the preload. */
const HEADERS = windowHeaders([]);

/** `windowFolder` is the built window (dist/window). Never rejects. */
export async function answerPage(windowFolder: string, method: string, url: string): Promise<Response> {
  if (!isOurs(url)) return refusal(403);
  if (method !== 'GET') return refusal(405);
  const file = await readWindowFile(windowFolder, new URL(url).pathname);
  if (file === null) return refusal(404);
  return new Response(file.bytes, { headers: { ...HEADERS, 'Content-Type': file.type } });
}

const refusal = (status: number): Response => new Response(null, { status, headers: HEADERS });
