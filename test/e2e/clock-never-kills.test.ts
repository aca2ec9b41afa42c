import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

test('a deploy past its usual time is shown as slow, beside its machines, and goes on until a person stops it', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('deploy-hangs', 60);
  await wizard.startDeploy();
  await expect(page.getByRole('status', { name: 'Slow' })).toContainText('not stopped by any clock', {
    timeout: 30_000,
  });
  await expect(page.getByRole('table', { name: 'Machines of hotdash-agent-service' })).toBeVisible();
  const change = storedOf(app, 'run.intended').find(({ effect }) => effect === 'change');
  const ended = (): boolean => storedOf(app, 'run.ended').some(({ runId }) => runId === change?.['runId']);
  // It still runs after three times its usual time.
  const usualSeconds = Number(change?.['usualMs']) / 1_000;
  await expect.poll(() => wizard.elapsedSeconds(), { timeout: 30_000 }).toBeGreaterThan(3 * usualSeconds);
  expect(ended()).toBe(false);
  expect(storedOf(app, 'run.stop-asked')).toEqual([]);
  await page.keyboard.press('Control+.');
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('stopped by you', { timeout: 20_000 });
  expect(storedOf(app, 'run.stop-asked')).toMatchObject([{ runId: change?.['runId'], how: 'interrupt' }]);
  // The state was read before any action is offered.
  const kinds = await wizard.storedKinds(app);
  expect(kinds.lastIndexOf('proof.evaluated')).toBeGreaterThan(kinds.indexOf('run.stop-asked'));
  expect(kinds.lastIndexOf('proof.evaluated')).toBeLessThan(kinds.lastIndexOf('step.ended'));
});

test('a deploy that ignores the interrupt is killed only a minute later, and only when that is confirmed', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('deploy-ignores-interrupt', 60);
  await wizard.startDeploy();
  await expect(wizard.output).toContainText('Verifying app config');
  await page.keyboard.press('Control+.');
  await page.getByRole('button', { name: 'Kill the command' }).click({ timeout: 20_000 });
  const question = page.getByRole('alertdialog', { name: 'Kill the command' });
  await expect(question).toContainText('Machines may be mixed');
  await expect(question.getByRole('button', { name: 'Keep waiting' })).toBeFocused();
  expect(storedOf(app, 'run.stop-asked')).toMatchObject([{ how: 'interrupt' }]);
  await question.getByRole('button', { name: 'Kill it now' }).click();
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('stopped by you', { timeout: 20_000 });
  expect(storedOf(app, 'run.stop-asked')).toMatchObject([{ how: 'interrupt' }, { how: 'kill' }]);
});

test.describe(() => {
  // In real time, because the stop has to come before the deploy starts.
  test.use({ speed: 1 });

  test('a stop before anything runs is not lost', async ({ app }) => {
    const page = await app.open();
    const wizard = wizardOf(page);
    await wizard.startDrill('deploy-hangs', 1);
    await wizard.startDeploy();
    // At this moment the releases are being read again, or are about to be.
    await page.keyboard.press('Control+.');
    await expect.poll(() => storedOf(app, 'run.stop-asked')).toMatchObject([{ how: 'interrupt' }]);
    await expect(page.getByRole('status').filter({ hasText: /so far/ })).toHaveCount(0, { timeout: 20_000 });
    // In either case no deploy is running.
    const runs = new Set(storedOf(app, 'run.intended').map(({ runId }) => runId));
    for (const { runId } of storedOf(app, 'run.ended')) runs.delete(runId);
    expect([...runs]).toEqual([]);
  });
});

test('Control+. interrupts a running deploy, whose outcome is stopped by you', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  // A deploy that hangs until it is stopped: any other could end while the keys are pressed.
  await wizard.startDrill('deploy-hangs', 60);
  await wizard.startDeploy();
  await expect(wizard.output).toContainText('Verifying app config');
  // The key works in a field too: Stop must always work.
  await page.getByLabel('Note').focus();
  await page.keyboard.press('Control+.');
  await expect(wizard.outcomeOf('Deploy its image')).toContainText('stopped by you', { timeout: 20_000 });
  await expect(page.getByRole('alert').filter({ hasText: 'stopped by you' })).toBeVisible();
  await expect(page.getByRole('region', { name: 'Ways on' }).getByRole('button')).not.toHaveCount(0);
  const kinds = await wizard.storedKinds(app);
  expect(kinds.filter((kind) => kind === 'run.stop-asked')).toHaveLength(1);
  expect(kinds.indexOf('run.stop-asked')).toBeLessThan(kinds.lastIndexOf('run.ended'));
  await expect(wizard.mitigation).not.toContainText(/target (met|missed)/);
});
