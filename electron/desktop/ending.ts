/** Ends the app: asks while something runs, closes the core, quits. Only one ending at a time. */

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
