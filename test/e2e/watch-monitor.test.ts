/** The watch as a monitor: one counter, the clock in the title, and a sound at a checkpoint that can be switched off. */
import type { Page } from '@playwright/test';
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

/** Counts the tones of the page instead of playing them. */
async function countTones(page: Page): Promise<() => Promise<number>> {
  await page.addInitScript(() => {
    const tones = { count: 0 };
    const node = () => ({ gain: {}, frequency: {}, connect: () => undefined, stop: () => undefined });
    const oscillator = () => ({
      ...node(),
      start: () => void (tones.count += 1),
      addEventListener: (_name: string, done: () => void) => setTimeout(done),
    });
    class Audio {
      currentTime = 0;
      createGain = node;
      createOscillator = oscillator;
      close = () => Promise.resolve();
    }
    Object.assign(globalThis, { AudioContext: Audio, tones });
  });
  // The window has its session by then; its link works once.
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.reload();
  return () => page.evaluate(() => (globalThis as unknown as { tones: { count: number } }).tones.count);
}

async function untilCheckpoint(page: Page): Promise<void> {
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 60);
  await wizard.untilWatch();
  await wizard.press('Watch for 30 minutes');
  await expect(page).toHaveTitle(/^DRILL Watching \d+:\d\d · /);
  await expect(wizard.title).toContainText('Checkpoint after 15 minutes', { timeout: 60_000 });
}

test('each probe is counted once, and a checkpoint is in the title and heard', async ({ app }) => {
  const page = await app.open();
  const tones = await countTones(page);
  await untilCheckpoint(page);
  await expect(page).toHaveTitle(/^DRILL Checkpoint \d+:\d\d · /);
  await expect.poll(tones).toBe(1);
  const probes = page.getByRole('region', { name: 'Probes' });
  // The number in words, in the picture and beside it is the same at any moment.
  const { counts, height } = await probes.evaluate((element) => {
    const plot = element.querySelector('[role="img"]');
    return {
      counts: [
        /(\d+) probes/.exec(plot?.getAttribute('aria-label') ?? '')?.[1],
        element.querySelector('dd')?.textContent,
      ],
      height: plot?.getBoundingClientRect().height ?? 0,
    };
  });
  expect(Number(counts[0])).toBeGreaterThan(20);
  expect(counts[0]).toBe(counts[1]);
  expect(height).toBeGreaterThanOrEqual(80);
});

test('the sounds are switched off in the settings', async ({ app }) => {
  const page = await app.open();
  const tones = await countTones(page);
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press(',');
  await page.getByRole('checkbox', { name: /^Sounds/ }).uncheck();
  await expect(page.getByRole('checkbox', { name: /^Sounds/ })).not.toBeChecked();
  await page.getByRole('heading', { name: 'Settings', level: 1 }).click();
  await page.keyboard.press('Escape');
  await untilCheckpoint(page);
  expect(await tones()).toBe(0);
});
