/**
 * Ends the app: asks while changing commands run, notes on the timeline that they were left running, closes the core, quits.
 * Needs no Electron.
 */

/** What a person asked for: to close the main window, or to end the app. */
export type Asked = 'close' | 'quit';

/** `hide`: the window goes, and everything else stays. */
export type Decision = 'stay' | 'hide' | 'quit';

export interface QuitQuestion {
  readonly message: string;
  readonly detail: string;
  /** The first is the safe answer: Enter, Escape and closing the question all mean it. */
  readonly buttons: readonly { readonly label: string; readonly means: Decision }[];
}

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
    buttons: [
      { label: 'Keep Rollbook open', means: 'stay' },
      { label: 'Quit, leave them running', means: 'quit' },
    ],
  };
}

/** null when nothing is watched. Without the window the tray, the notifications and the compact clock go on. */
export function watchQuestion(watches: number, asked: Asked): QuitQuestion | null {
  if (watches === 0) return null;
  return {
    message: watches === 1 ? 'A watch is under way.' : `${watches} watches are under way.`,
    detail: 'After quitting nobody sees a regression, and no reading is noted, until Rollbook is started again.',
    buttons: [
      { label: asked === 'close' ? 'Keep the window' : 'Keep Rollbook open', means: 'stay' },
      ...(asked === 'close' ? [{ label: 'Close the window, go on watching', means: 'hide' as const }] : []),
      { label: 'Quit, stop watching', means: 'quit' },
    ],
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
  readonly ask: (asked: Asked) => Promise<Decision>;
  readonly hide: () => void;
  /** Releases leases and closes the store. */
  readonly closeCore: () => Promise<void>;
  readonly quit: () => void;
  readonly report: (thrown: unknown) => void;
}

export interface Ending {
  /** Whether windows may close and the app may quit now; if not, call `request`. */
  mayEnd(): boolean;
  request(asked: Asked): Promise<void>;
}

/** Only one ending at a time. */
export function ending(parts: EndingParts): Ending {
  let state: 'open' | 'asking' | 'closing' | 'closed' = 'open';
  return {
    mayEnd: () => state === 'closed',
    async request(asked) {
      if (state !== 'open') return;
      state = 'asking';
      // A question that cannot be asked is not an agreement.
      const decision = await parts.ask(asked).catch((thrown: unknown): Decision => {
        parts.report(thrown);
        return 'stay';
      });
      if (decision !== 'quit') {
        state = 'open';
        if (decision === 'hide') parts.hide();
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
