/** Paths must be absolute, because the person at the window does not know the core's working folder. */
import type { Failure } from '#shared/api/result.ts';

const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/;

/** null when the path is absolute; otherwise what is wrong with it. */
export function pathProblem(path: string): Pick<Failure, 'message' | 'advice'> | null {
  if (ABSOLUTE.test(path)) return null;
  const home = path.startsWith('~');
  return {
    message: `"${path}" is not an absolute path${home ? ': the sign ~ means something only in a shell' : ''}.`,
    advice: 'Type the whole path, for example /home/ann/runbooks/payments.md.',
  };
}
