/** The note on the timeline when Rollbook quits while changing commands run, so that nobody wonders where they went. */

/** null when nothing runs. `shown` are the commands as the wizard shows them. */
export function partingNote(shown: readonly string[], platform: NodeJS.Platform): string | null {
  if (shown.length === 0) return null;
  const what = shown.join('; ');
  return platform === 'win32'
    ? `Rollbook was closed while this was running: ${what}. On Windows nothing follows it; its result has to be found by hand.`
    : `Rollbook was closed while this was running: ${what}. It goes on under its keeper; the next start finds its result.`;
}
