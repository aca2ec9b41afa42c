/** The question before the app quits while changing commands run, and the note on the timeline if it does. */

export interface QuitQuestion {
  readonly message: string;
  readonly detail: string;
  /** The first is the safe answer: Enter, Escape and closing the question all mean it. */
  readonly buttons: readonly [stay: string, quit: string];
}

export const STAY = 0;
export const QUIT = 1;

/** null when nothing has to be asked. `shown`: the commands as the wizard shows them. */
export function quitQuestion(shown: readonly string[], platform: NodeJS.Platform): QuitQuestion | null {
  if (shown.length === 0) return null;
  const one = shown.length === 1;
  const later =
    platform === 'win32'
      ? 'On Windows Rollbook cannot follow them again: the next start will ask you for their result.'
      : 'They go on without Rollbook; the next start finds their results. Until then nobody watches them.';
  return {
    message: one ? 'A changing command is still running.' : `${shown.length} changing commands are still running.`,
    detail: `${shown.join('\n')}\n\n${later}`,
    buttons: ['Keep Rollbook open', 'Quit, leave them running'],
  };
}

/** The note on the timeline; null when nothing runs. `shown`: the commands as the wizard shows them. */
export function partingNote(shown: readonly string[], platform: NodeJS.Platform): string | null {
  if (shown.length === 0) return null;
  const what = shown.join('; ');
  return platform === 'win32'
    ? `Rollbook was closed while this was running: ${what}. On Windows nothing follows it; its result has to be found by hand.`
    : `Rollbook was closed while this was running: ${what}. It goes on under its keeper; the next start finds its result.`;
}
