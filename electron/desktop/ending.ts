/**
 * Ends the app: asks while changing commands run, notes on the timeline that they were left running, closes the core, quits.
 * Needs no Electron.
 */

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

export interface EndingParts {
  /** Resolves true when the app may end. */
  readonly ask: () => Promise<boolean>;
  /** Releases leases and closes the store. */
  readonly closeCore: () => Promise<void>;
  readonly quit: () => void;
  readonly report: (thrown: unknown) => void;
}

export interface Ending {
  /** Whether windows may close and the app may quit now; if not, call `request`. */
  mayEnd(): boolean;
  request(): Promise<void>;
}

/** Only one ending at a time. */
export function ending(parts: EndingParts): Ending {
  let state: 'open' | 'asking' | 'closing' | 'closed' = 'open';
  return {
    mayEnd: () => state === 'closed',
    async request() {
      if (state !== 'open') return;
      state = 'asking';
      // A question that cannot be asked is not an agreement.
      const agreed = await parts.ask().catch((thrown: unknown) => {
        parts.report(thrown);
        return false;
      });
      if (!agreed) {
        state = 'open';
        return;
      }
      state = 'closing';
      // A store that does not close is reported; every event in it was committed before it was shown.
      await parts.closeCore().catch(parts.report);
      state = 'closed';
      parts.quit();
    },
  };
}
