import { dirname, isAbsolute } from 'node:path';

/** Where a runbook lies and the checkout that the settings name for it: no program of these is started to look at it. */
export const ownFolders = (runbook: string, checkout: string | null): readonly string[] => [
  ...(isAbsolute(runbook) ? [dirname(runbook)] : []),
  ...(checkout === null ? [] : [checkout]),
];
