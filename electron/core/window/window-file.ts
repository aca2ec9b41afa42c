/** Finds the file of the built window for a request path. The only way from a URL to the disk, for both hosts. */
import { readFile, realpath, stat } from 'node:fs/promises';
import { extname, join, resolve, sep } from 'node:path';
import { RollbookError } from '#shared/api/result.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.map': 'application/json; charset=utf-8',
  '.txt': 'text/plain; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

export interface WindowFile {
  readonly type: string;
  readonly bytes: Buffer<ArrayBuffer>;
}

/**
 * Reads the file for a still encoded URL path (`/`, `/assets/main-1a2b.js`); null when there is none, when it is
 * hidden, or when it would lie outside `root`, also by a symbolic link. `/` means index.html; folders are not listed.
 */
export async function readWindowFile(root: string, pathname: string): Promise<WindowFile | null> {
  const path = pathInside(root, pathname);
  if (path === null) return null;
  try {
    const [base, real] = await Promise.all([realpath(root), realpath(path)]);
    if (!real.startsWith(base + sep) || !(await stat(real)).isFile()) return null;
    return { type: TYPES[extname(real).toLowerCase()] ?? 'application/octet-stream', bytes: await readFile(real) };
  } catch {
    return null;
  }
}

/** The absolute path a URL path names under `root`, or null when it is not a plain path inside it. Looks at no disk. */
export function pathInside(root: string, pathname: string): string | null {
  const name = decoded(pathname);
  // On Windows a colon is a drive or a stream, and a backslash a separator. None of our files has either.
  if (name === null || !name.startsWith('/') || ['\0', '\\', ':'].some((bad) => name.includes(bad))) return null;
  if (name.split('/').some((part) => part.startsWith('.'))) return null;
  const base = resolve(root);
  const path = resolve(base, `.${name === '/' ? '/index.html' : name}`);
  return path.startsWith(base + sep) ? path : null;
}

/** Throws RollbookError `environment` when the window was not built into `folder`. */
export async function requireWindow(folder: string): Promise<void> {
  const page = join(folder, 'index.html');
  const found = await stat(page).then(
    (entry) => entry.isFile(),
    () => false,
  );
  if (!found) {
    throw new RollbookError(
      'environment',
      `The window's page is missing: ${page}.`,
      'Start Rollbook with `npm start`, which builds the window first.',
    );
  }
}

function decoded(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return null;
  }
}
