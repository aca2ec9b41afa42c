/** Limits of start-up time and memory. Checked only on a real runtime, without retries. */
import { expect, test } from '../shell-test.ts';

/** From the start of the process to the home screen, ms: the limit of VS Code on a seven-year-old laptop. */
const FIRST_USEFUL_PAINT_MS = 1_800;
/** Working sets of all processes together, MB. */
const MEMORY_MB = 450;
const STARTS = 5;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

test('the time to the home screen and the memory stay within their limits', async ({ start }) => {
  const paints: number[] = [];
  const memory: number[] = [];
  for (let turn = 0; turn < STARTS; turn += 1) {
    const began = performance.now();
    const shell = await start();
    await (await shell.window()).getByRole('heading', { name: 'Rollbook' }).waitFor();
    paints.push(performance.now() - began);
    const kilobytes = await shell.evaluate(({ app }) =>
      app.getAppMetrics().reduce((sum, { memory }) => sum + memory.workingSetSize, 0),
    );
    memory.push(kilobytes / 1024);
    await shell.end();
  }
  const figures = { 'first useful paint, ms': median(paints), 'memory, MB': median(memory) };
  for (const [name, value] of Object.entries(figures))
    console.log(`${name}: ${Math.round(value)} (median of ${STARTS})`);
  expect(figures['first useful paint, ms']).toBeLessThan(FIRST_USEFUL_PAINT_MS);
  expect(figures['memory, MB']).toBeLessThan(MEMORY_MB);
});
