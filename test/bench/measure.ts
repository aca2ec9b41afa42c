/** Measures work beside a plain baseline, and hands rows to `npm run bench` (build/bench.mjs). */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A row of the table. */
export interface Row {
  readonly what: string;
  readonly value: number;
  readonly unit: 'ms' | 'MB/s' | 'MB' | 'KB' | 'x' | '%';
  /** The most that is accepted, in the same unit; with `atLeast` the least. */
  readonly budget: number;
  readonly atLeast?: true;
  /** The value divided by that of the baseline, measured in the same run. */
  readonly ratio?: number;
  readonly baseline?: string;
}

/** The runner reads one JSON object per line. */
export function tell(row: Row): void {
  process.stdout.write(`${JSON.stringify(row)}\n`);
}

export async function timed(work: () => unknown): Promise<number> {
  const began = performance.now();
  await work();
  return performance.now() - began;
}

/** Runs both alternately, so that a busy moment of the machine affects both. Milliseconds, one for each round. */
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

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/** A row of times: a quantile of ours (the median by default) and its ratio to that of the baseline. */
export function tellTimes(
  row: Pick<Row, 'what' | 'budget' | 'baseline'>,
  { ours, plain }: { readonly ours: readonly number[]; readonly plain: readonly number[] },
  share = 0.5,
): void {
  const value = quantile(ours, share);
  tell({ ...row, value, unit: 'ms', ratio: value / quantile(plain, share) });
}

/** A folder that is removed when the process ends. */
export function benchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'rollbook-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}
