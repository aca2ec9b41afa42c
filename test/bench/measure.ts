/** Measures work next to a plain baseline, and prints the medians and their ratio. */

export interface Row {
  readonly what: string;
  readonly baseline: string;
  /** Milliseconds, one for each round. */
  readonly ours: readonly number[];
  readonly plain: readonly number[];
}

export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Runs both alternately, so that a busy moment of the machine affects both. */
export async function byTurns(rounds: number, ours: () => Promise<number>, plain: () => Promise<number>) {
  const result = { ours: [] as number[], plain: [] as number[] };
  for (let round = 0; round < rounds; round += 1) {
    result.plain.push(await plain());
    result.ours.push(await ours());
  }
  return result;
}

export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

const ms = (value: number): string => `${value < 10 ? value.toFixed(2) : value.toFixed(0)} ms`;

export function tell({ what, baseline, ours, plain }: Row): void {
  const ratio = quantile(ours, 0.5) / quantile(plain, 0.5);
  process.stdout.write(
    `${what}: median ${ms(quantile(ours, 0.5))}, p99 ${ms(quantile(ours, 0.99))}; ` +
      `${ratio.toFixed(1)} x ${baseline} (${ms(quantile(plain, 0.5))})\n`,
  );
}
