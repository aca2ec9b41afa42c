import { statusPages } from '../fixtures/status-pages.ts';
import { expect, test } from './app.ts';
import { storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

const MINOR_UX = 9;
const COSMETIC = 10;
const ONE_OPERATOR = 8;
const DATA_LOST = 1;
const EXPLOITED = 2;

test('in doubt one key chooses the higher row, which is then declared', async ({ app }) => {
  const page = await app.open();
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
  await page.keyboard.press('d');
  await page.getByRole('radio', { name: /Error rate 10-50/ }).check();
  await expect(page.getByRole('button', { name: /Error rate above 50/ })).toBeVisible();
  await page.keyboard.press('u');
  await expect(page.getByRole('radio', { name: /Error rate above 50/ })).toBeChecked();
  // No severity is above P0.
  await expect(page.getByRole('button', { name: /Error rate above 50/ })).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('region', { name: 'Mitigation clock' })).toContainText('target 10:00');
  expect(storedOf(app, 'incident.declared')[0]).toMatchObject({ severity: 'P0', row: { targetMs: 600_000 } });
});

test('outage, error rate and latency lead to the application rollback, each with its severity and target', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  const rows = [
    [3, 'P0 Critical', 'target 5:00'],
    [4, 'P0 Critical', 'target 10:00'],
    [5, 'P1 High', 'target 15:00'],
    [6, 'P1 High', 'target 15:00'],
  ] as const;
  for (const [row, severity, target] of rows) {
    await wizard.startDrill('app-rollback', 1, row);
    await expect(wizard.strip).toContainText(severity);
    await expect(wizard.mitigation).toContainText(target);
    expect(storedOf(app, 'procedure.chosen')).toMatchObject([{ procedureId: 'application-rollback' }]);
    await page.keyboard.press('h');
    await page.getByRole('heading', { level: 1, name: 'Rollbook' }).waitFor();
  }
});

test('fix forward has a clock, messages and a report, and no procedure', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 1, MINOR_UX);
  await expect(wizard.title).toHaveText('Fix forward');
  await expect(wizard.mitigation).toContainText('target 1:00:00');
  await page.keyboard.press('m');
  await expect(page.getByRole('dialog')).toContainText('ROLLBACK COMPLETE');
  await page.keyboard.press('Escape');
  await page.getByLabel('What you saw').fill('v12 is out, the button works');
  await wizard.press('Confirm that the fix works');
  await expect(wizard.mitigation).toContainText('target met');
  await wizard.press('Resolve the incident');
  await expect(page.getByText('FIXED FORWARD')).toBeVisible();
  await wizard.press('Write the report');
  await expect(page.getByRole('main')).toContainText('Fix forward: nothing is rolled back');
  expect(await wizard.storedKinds(app)).not.toContain('procedure.chosen');
});

test('"next release" has no clock', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 1, COSMETIC);
  await expect(wizard.title).toHaveText('Fix forward');
  await expect(page.getByText('This row has no clock.')).toHaveCount(0);
  await page.getByLabel('What you saw').fill('will go with the next one');
  await expect(page.getByText('This row has no clock.')).toBeVisible();
  await expect(wizard.mitigation).not.toContainText(/left|OVER/);
});

test('a P2 may be fixed forward instead; a worse row takes that back and brings its own target', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('app-rollback', 1, ONE_OPERATOR);
  await expect(wizard.title).toHaveText('Pre-rollback checklist');
  await page.keyboard.press('x');
  await page.getByLabel('Reason').fill('the fix is a one-line change');
  await page.getByRole('button', { name: 'Fix forward: roll nothing back' }).click();
  await expect(wizard.title).toHaveText('Fix forward');
  await page.keyboard.press('v');
  const rows = page.getByRole('group', { name: 'Rows of the matrix' });
  // Lowering the severity allows more time, so it needs a reason; raising does not.
  await expect(rows.getByRole('button', { name: /Cosmetic/ })).toBeDisabled();
  await rows.getByRole('button', { name: /Complete outage/ }).click();
  await expect(wizard.title).toHaveText('Choose a procedure');
  await expect(wizard.mitigation).toContainText('target 5:00');
  await wizard.press('Start Option 1: Application rollback');
  await wizard.offers('Read the releases');
  expect(storedOf(app, 'severity.changed')).toMatchObject([{ from: 'P2', to: 'P0' }]);
  expect(storedOf(app, 'row.chosen')).toMatchObject([{ row: { targetMs: 300_000 } }]);
});

test("lost data: stopping the writes comes first, and the row's rollbacks are offered next", async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('maintenance-mode', 60, DATA_LOST);
  await wizard.offers('Switch maintenance mode on');
  const ways = page.getByRole('region', { name: 'Ways of this row' });
  await expect(ways).toContainText('Stop the writes first');
  await expect(ways).toContainText('Maintenance mode (now)');
  // Faster: stop all machines, and roll back from there.
  await page.getByRole('button', { name: 'Quicker: stop all machines' }).click();
  await wizard.offers('Stop all machines of hotdash-agent-service');
  await expect(ways).toContainText('Stop all machines (now)');
  await expect(ways.getByRole('button', { name: 'Go on with Database rollback' })).toBeVisible();
  await ways.getByRole('button', { name: 'Go on with Application rollback' }).click();
  await wizard.offers('Read the releases');
});

test('an exploited hole: stopping the machines comes first, and the evidence is kept', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('exploit-stop-machines', 60, EXPLOITED);
  await wizard.offers('Stop all machines of hotdash-agent-service');
  const ways = page.getByRole('region', { name: 'Ways of this row' });
  await expect(ways).toContainText('keep the evidence. Go back only to a release that does not have the hole.');
  await expect(ways.getByRole('button', { name: 'Go on with Maintenance mode' })).toBeVisible();
});

test("declaring a live incident shows the providers' status; declaring a drill contacts nobody", async ({ app }) => {
  const pages = await statusPages();
  try {
    app.env['ROLLBOOK_STATUS_FLY'] = pages.url('incident');
    app.env['ROLLBOOK_STATUS_SUPABASE'] = pages.url('slow');
    const page = await app.open();
    const wizard = wizardOf(page);
    await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
    await page.keyboard.press('d');
    const providers = page.getByRole('region', { name: 'Providers' });
    // One page never answers, and the row can be chosen without it.
    await expect(providers).toContainText('being asked');
    await page.getByRole('radio', { name: /Complete outage/ }).check();
    await expect(providers).toContainText('Deploys fail in fra', { timeout: 20_000 });
    await expect(providers).toContainText('no answer within 5 s');
    const asked = pages.asked.length;
    await page.getByRole('button', { name: 'Home' }).click();
    await wizard.startDrill('app-rollback', 1);
    await wizard.offers('Read the releases');
    expect(pages.asked).toHaveLength(asked);
  } finally {
    await pages.close();
  }
});
