/**
 * The output of commands in memory: all of it is checked against the output rules as it arrives, its beginning is kept for
 * parsers, and some of it for a later step. What is stored is read by `stored-output.ts`.
 */
import type { Seen } from '#shared/runbook/expectation.ts';
import type { Expectation } from '#shared/runbook/expected.ts';
import { PatternWatch } from '#shared/runbook/pattern-watch.ts';
import type { Stream } from '#core/ports.ts';

export interface Printed {
  readonly stdout: string;
  readonly stderr: string;
}

/** The first bytes of a stream, kept for parsers. They are not redacted, so they are never shown or stored. */
const KEPT_BYTES = 8 * 1024 * 1024;

const LATE = 'this machine was too slow to pass on all that it printed';

export class LiveOutput {
  readonly #streams: Readonly<Record<Stream, LiveStream>>;

  constructor(
    budget: OutputBudget,
    { expect, reject }: Pick<Expectation, 'expect' | 'reject'> = { expect: null, reject: null },
  ) {
    const patterns = [expect, reject].filter((pattern) => pattern !== null);
    this.#streams = { stdout: new LiveStream(patterns, budget), stderr: new LiveStream(patterns, budget) };
  }

  add(stream: Stream, bytes: Uint8Array): void {
    this.#streams[stream].add(bytes);
  }

  bytes(): Readonly<Record<Stream, Buffer>> {
    return { stdout: this.#streams.stdout.kept(), stderr: this.#streams.stderr.kept() };
  }

  /** Frees the kept bytes. */
  forget(): void {
    for (const stream of Object.values(this.#streams)) stream.forget();
  }

  /** The kept text and what the rules saw. Call it once, after both streams have ended. `whole`: nothing of them is missing. */
  ended(whole = true): Printed & { readonly seen: Seen } {
    const { stdout: out, stderr: err } = this.#streams;
    for (const stream of [out, err]) stream.end();
    const [stdout, stderr] = [out, err].map((stream) => stream.kept().toString('utf8')) as [string, string];
    const text = `${stdout}\n${stderr}`;
    const says = (pattern: string): boolean | null => either(out.has(pattern), err.has(pattern));
    return {
      stdout,
      stderr,
      seen: whole ? { text, whole, says } : { text, whole, why: LATE, says: (pattern) => says(pattern) || null },
    };
  }
}

const either = (a: boolean | null, b: boolean | null): boolean | null =>
  a === true || b === true ? true : a === null || b === null ? null : false;

class LiveStream {
  readonly #watch: PatternWatch;
  readonly #decoder = new TextDecoder();
  readonly #budget: OutputBudget;
  #parts: Uint8Array[] = [];
  #room = KEPT_BYTES;
  #kept = 0;

  constructor(patterns: readonly string[], budget: OutputBudget) {
    this.#watch = new PatternWatch(patterns);
    this.#budget = budget;
  }

  add(bytes: Uint8Array): void {
    this.#watch.add(this.#decoder.decode(bytes, { stream: true }));
    if (this.#room <= 0) return;
    const wanted = Math.min(bytes.length, this.#room);
    const granted = this.#budget.take(wanted);
    this.#kept += granted;
    this.#parts.push(bytes.subarray(0, granted));
    // Parsers need the output without gaps: once bytes are dropped, nothing more is kept.
    this.#room = granted < wanted ? 0 : this.#room - wanted;
  }

  forget(): void {
    this.#budget.giveBack(this.#kept);
    this.#parts = [];
    this.#kept = 0;
    this.#room = 0;
  }

  end(): void {
    this.#watch.add(this.#decoder.decode());
    this.#watch.end();
  }

  has(pattern: string): boolean | null {
    return this.#watch.has(pattern);
  }

  kept(): Buffer {
    return Buffer.concat(this.#parts);
  }
}

/** Room for both streams of four commands. */
const TOTAL_BYTES = 64 * 1024 * 1024;

/** Limits the memory for the output of running commands, of all incidents in this process together. */
export class OutputBudget {
  #held = 0;

  /** Reserves up to `bytes` and returns how many may be kept. */
  take(bytes: number): number {
    const granted = Math.min(bytes, TOTAL_BYTES - this.#held);
    this.#held += granted;
    return granted;
  }

  giveBack(bytes: number): void {
    this.#held -= bytes;
  }

  /** Bytes that are reserved now. */
  get held(): number {
    return this.#held;
  }
}

/** Limit for all kept texts together, UTF-16 units. Beyond it the oldest is dropped, as a restart would. */
const MOST_CHARS = 4_000_000;

/**
 * Text of ended commands that a later step will parse, by command id: pasted output, until all parts of it are there, and
 * the line in which a build prints its release. It is not redacted, so it stays in memory and is never shown or stored.
 */
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
