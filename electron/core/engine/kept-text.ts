/**
 * Text of ended commands that a later step will parse, by command id: pasted output, until all parts of it are there, and
 * the line in which a build prints its release. It is not redacted, so it stays in memory and is never shown or stored.
 */

/** Limit for all texts together, UTF-16 units. Beyond it the oldest is dropped, as a restart would. */
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

  /** Total length, UTF-16 units. */
  get chars(): number {
    return this.#chars;
  }
}
