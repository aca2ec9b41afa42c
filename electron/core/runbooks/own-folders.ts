import { dirname, isAbsolute } from 'node:path';

/** Folders of a runbook and its checkout: no program in them is started only to look at it. */
export const ownFolders = (runbook: string, checkout: string | null): readonly string[] => [
  ...(isAbsolute(runbook) ? [dirname(runbook)] : []),
  ...(checkout === null ? [] : [checkout]),
];
