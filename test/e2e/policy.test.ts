import { expect, test } from './app.ts';

test('the watch for breaches of the page policy sees them, and the browser refuses them', async ({
  app,
  trouble,
  expectedTrouble,
}) => {
  expectedTrouble.push(/^policy: (script|style|connect)-src/, /Content Security Policy/, /probe/);
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  expect(trouble).toEqual([]);
  await page.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'globalThis.injected = true';
    const style = document.createElement('style');
    style.textContent = 'body { display: none }';
    document.head.append(script, style);
    await fetch('http://127.0.0.1:9/probe').catch(() => undefined);
  });
  const seen = (): readonly string[] =>
    trouble
      .filter((line) => line.startsWith('policy: '))
      .map((line) => line.split(' ').slice(1, 3).join(' '))
      .toSorted();
  await expect
    .poll(seen)
    .toEqual(['connect-src http://127.0.0.1:9/probe', 'script-src-elem inline', 'style-src-elem inline']);
  expect(await page.evaluate(() => 'injected' in globalThis)).toBe(false);
  await expect(page.getByRole('heading', { name: 'Rollbook' })).toBeVisible();
});
