/** The core's working folder is nobody's business here, so a path has to stand on its own. */
import type { Failure } from '#shared/contract/result.ts';

const ABSOLUTE = /^(?:\/|[A-Za-z]:[\\/]|\\\\)/;

/** null when the path says by itself where the file is. */
export function pathProblem(path: string): Pick<Failure, 'message' | 'advice'> | null {
  if (ABSOLUTE.test(path)) return null;
  const home = path.startsWith('~');
  return {
    message: `"${path}" is not an absolute path${home ? ': the sign ~ means something only in a shell' : ''}.`,
    advice: 'Type the whole path, for example /home/ann/runbooks/payments.md.',
  };
}
