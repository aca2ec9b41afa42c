/**
 * What is still to be read of outputs whose commands have ended, by command: what a person pasted, until all that belongs
 * to it is there, and the line by which a build names its release. In memory only: raw, so nothing shows or stores it.
 */

/** Of all of them together, UTF-16 units; beyond it the oldest is given up, as after a restart. */
const MOST_CHARS = 4_000_000;

export class KeptText {
  #texts = new Map<string, string>();
  #chars = 0;

  get(commandId: string): string | undefined {
    return this.#texts.get(commandId);
  }

  keep(commandId: string, text: string): void {
    this.drop([commandId]);
    this.#texts.set(commandId, text);
    this.#chars += text.length;
    for (const oldest of this.#texts.keys()) {
      if (this.#chars <= MOST_CHARS || oldest === commandId) return;
      this.drop([oldest]);
    }
  }

  drop(commandIds: readonly string[]): void {
    for (const commandId of commandIds) {
      this.#chars -= this.#texts.get(commandId)?.length ?? 0;
      this.#texts.delete(commandId);
    }
  }

  /** How much is kept, UTF-16 units. */
  get chars(): number {
    return this.#chars;
  }
}
