/**
 * `npm run screenshots` takes a picture of every screen for people to look at, into test-results/screenshots/, and
 * fails when something is cut off or outside of the window.
 */
import { rmSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Browser } from '@playwright/test';
import { launchChromium } from '../../build/setup/chromium.mjs';
import { liveRunbook } from '../fixtures/live-runbook.ts';
import { goThroughChecklist } from './checklist.ts';
import { LoopbackApp } from './hosts/loopback.ts';
import { type Album, album } from './picture.ts';
import { DEPLOY, home, type Stage } from './stage.ts';
import { database, machines, practice, services, stops } from './pictures-of-procedures.ts';
import { adoption, brokenStore, otherProgram, searchAndPractice, unattended } from './pictures-of-reading.ts';
import { branches, ways } from './pictures-of-ways.ts';
import { wizardOf } from './wizard.ts';

/** An argument names another folder: the end-to-end suite empties test-results/ when it starts. */
const FOLDER = process.argv[2] ?? fileURLToPath(new URL('../../test-results/screenshots', import.meta.url));
/** With two findings: a command that does not exist, and one that hides its failure. */
const STALE = liveRunbook('http://127.0.0.1:9/health').replace(
  '   fly status -a "$SERVICE" --json\n',
  '   fly releases rollback v9 -a "$SERVICE"\n   curl "$HEALTH_URL"\n',
);

async function start({ page, take }: Stage): Promise<void> {
  await page.getByText('Nothing has been finished yet').waitFor();
  await take('home-empty');
  await page.keyboard.press('?');
  await take('key-map');
  await page.keyboard.press('Escape');
  await page.keyboard.press('r');
  await page.getByRole('radio').first().waitFor();
  await take('drill');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Declare the drill' }).waitFor();
  await page.keyboard.press('3');
  await take('declare-drill');
  await home(page);
  await page.keyboard.press('d');
  await page.getByRole('heading', { name: 'Declare an incident' }).waitFor();
  await take('declare');
  await page.keyboard.press('4');
  await take('declare-chosen');
  await home(page);
}

async function reading({ app, page, take }: Stage): Promise<void> {
  await page.keyboard.press('f');
  await page.getByRole('heading', { name: 'Reference' }).waitFor();
  await take('reference');
  await page.keyboard.press('/');
  await page.keyboard.type('maintenance');
  await page.getByRole('region', { name: 'Search results' }).getByRole('button').first().click();
  await take('reference-search');
  await home(page);
  await page.keyboard.press('b');
  await take('runbooks');
  await page.getByLabel('Absolute path').fill(join(app.folder, 'not-there.md'));
  await page.keyboard.press('Enter');
  await page.getByRole('alert').waitFor();
  await take('runbooks-refused');
  await page.getByLabel('Absolute path').fill(app.writeFile('payments.md', STALE));
  await page.keyboard.press('Enter');
  await page.getByText('to be reviewed').waitFor();
  await take('runbook-review');
  await page.getByRole('button', { name: /^Findings: / }).click();
  await page.getByRole('list', { name: 'Findings, the gravest first' }).waitFor();
  await take('findings');
  await page.keyboard.press('Escape');
  await home(page);
  await page.keyboard.press('b');
  await page
    .getByRole('button', { name: /bundled|HotDash/ })
    .first()
    .click();
  await page.getByText('It ships trusted').waitFor();
  await take('runbook-bundled');
  await home(page);
}

async function verifiedDrill({ page, wizard, take }: Stage): Promise<void> {
  await wizard.startDrill('app-rollback', 60);
  await wizard.offers('Read the releases');
  await take('wizard-read');
  await wizard.press('Read the releases');
  await wizard.offers('Go back to v9');
  await take('wizard-release');
  await page.keyboard.press('x');
  await take('wizard-another-way');
  await page.keyboard.press('Escape');
  await page.keyboard.press('c');
  await take('wizard-contacts');
  await page.keyboard.press('c');
  await page.keyboard.press('Control+k');
  await take('palette');
  await page.keyboard.press('Escape');
  await page.reload();
  await page.getByRole('status', { name: 'Where you were' }).waitFor();
  await take('wizard-cover');
  await page.keyboard.press('Shift');
  await wizard.press('Go back to v9');
  await wizard.offers(DEPLOY);
  await take('wizard-undo-card');
  await page.locator('details.by-hand summary').click();
  await page.getByRole('button', { name: 'I ran it' }).click();
  await page.getByLabel('What it printed').scrollIntoViewIfNeeded();
  await take('wizard-by-hand');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await wizard.press(DEPLOY);
  await take('wizard-armed');
  await wizard.press(`Run now: ${DEPLOY}`);
  await wizard.offers('Check health and version');
  await wizard.outcomeOf('Deploy its image').getByRole('button').click();
  await page.getByRole('region', { name: 'Post-condition' }).waitFor();
  await take('wizard-proof-met');
  await page.keyboard.press('Escape');
  await wizard.press('Check health and version');
  await page.getByLabel('What you saw').fill('HTTP 200, v9');
  await wizard.offers('Confirm: symptom gone');
  await take('wizard-symptom');
  await wizard.press('Confirm: symptom gone');
  await page
    .getByRole('button', { name: /^Tick:/ })
    .first()
    .click();
  await take('wizard-checks');
  await page.keyboard.press('Escape');
  await page
    .getByRole('button', { name: /^Tick:/ })
    .first()
    .click();
  await wizard.tickAll('as it should be');
  await wizard.press('Confirm this step');
  await wizard.press('Watch for 30 minutes');
  await page.getByText('Probes', { exact: true }).waitFor();
  await take('wizard-watch');
  await page.locator('[data-primary]').filter({ hasText: 'Resolve the incident' }).waitFor({ timeout: 60_000 });
  await take('wizard-resolve');
  await wizard.press('Resolve the incident');
  await wizard.offers('Write the report');
  await take('wizard-resolved');
  await wizard.press('Write the report');
  await page.getByRole('article', { name: 'Report preview' }).waitFor();
  await page.getByLabel('Impact', { exact: true }).fill('410 riders could not book for nine minutes');
  await page.getByLabel('Impact', { exact: true }).blur();
  await page.getByText('1 of 22 answered').waitFor();
  await take('report');
  await page.getByRole('button', { name: 'Add an action item' }).click();
  await page.keyboard.type('Alert on 503 within a minute');
  await take('report-action-item');
  await page.getByLabel('Impact', { exact: true }).focus();
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: 'Show the raw Markdown' }).click();
  await page.getByLabel('Raw Markdown').waitFor();
  await take('report-raw');
  await home(page);
  await take('home-history');
}

async function troubles({ page, wizard, take }: Stage): Promise<void> {
  await wizard.startDrill('app-rollback-unhealthy', 60);
  await wizard.press('Read the releases');
  await wizard.press('Go back to v9');
  await wizard.runChange(DEPLOY);
  await page.getByRole('region', { name: 'Ways on' }).waitFor({ timeout: 40_000 });
  await take('wizard-failed');
  await home(page);

  await wizard.startDrill('app-rollback', 1, 5);
  await goThroughChecklist(page);
  await wizard.press('Read the releases');
  await wizard.press('Go back to v9');
  await page.getByLabel('Who agreed').waitFor();
  await take('wizard-approval');
  await page.getByRole('button', { name: 'Proceed without approval' }).click();
  await take('wizard-without-approval');
  await home(page);

  await wizard.startDrill('app-rollback', 1);
  await wizard.press('Read the releases');
  await wizard.press('Go back to v9');
  await wizard.offers(DEPLOY);
  // The picture in README.md.
  await take('wizard-undo-card-real-time');
  await wizard.runChange(DEPLOY);
  await page.getByText('Verifying app config').waitFor({ timeout: 20_000 });
  await take('wizard-running');
  await page.keyboard.press('Control+.');
  await page.getByRole('region', { name: 'Ways on' }).waitFor({ timeout: 40_000 });
  await take('wizard-stopped');
  await home(page);
  await take('home-open');
}

/** A live incident without tools on the PATH, so that no real tool is run. */
async function live({ page, wizard, take }: Stage): Promise<void> {
  await page.keyboard.press('d');
  await page.getByRole('heading', { name: 'Declare an incident' }).waitFor();
  await page.keyboard.press('3');
  await page.keyboard.press('Enter');
  await wizard.offers('Read the releases');
  await page.getByRole('alert', { name: 'Missing tools' }).waitFor();
  await take('wizard-live-missing-tools');
  await home(page);
}

/** Screens for preparation: readiness, settings, findings, quick rollback. */
async function preparing({ page, take }: Stage): Promise<void> {
  await page.keyboard.press('a');
  await page.getByRole('heading', { name: 'Readiness' }).waitFor();
  await page.getByRole('list', { name: 'Practice' }).waitFor();
  await take('readiness');
  await home(page);
  await page.keyboard.press(',');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await take('settings');
  await home(page);
  await page.keyboard.press('q');
  await page.getByLabel('Version', { exact: true }).fill('v9');
  await take('quick');
  await home(page);
}

const PARTS = [
  start,
  reading,
  preparing,
  adoption,
  searchAndPractice,
  verifiedDrill,
  practice,
  troubles,
  branches,
  ways,
  database,
  services,
  machines,
  stops,
  unattended,
  otherProgram,
  live,
] as const;

async function takeAll(browser: Browser, pictures: Album): Promise<void> {
  const trouble: string[] = [];
  const app = new LoopbackApp(async () => browser, trouble);
  app.env['PATH'] = [join(app.folder, 'no-tools'), delimiter].join('');
  try {
    const page = await app.open();
    page.setDefaultTimeout(30_000);
    const stage: Stage = { app, page, wizard: wizardOf(page), take: (name) => pictures.picture(page, name) };
    for (const part of PARTS) await part(stage);
    if (trouble.length > 0) throw new Error(`The pages were in trouble:\n${trouble.join('\n')}`);
  } finally {
    await app.end();
  }
}

rmSync(FOLDER, { recursive: true, force: true });
const pictures = album(FOLDER);
const browser = await launchChromium();
try {
  await takeAll(browser, pictures);
  await brokenStore(browser, pictures);
} finally {
  await browser.close();
}
for (const problem of pictures.problems) process.stderr.write(`${problem}\n`);
process.stdout.write(
  `${pictures.count()} pictures in ${FOLDER}; ${pictures.problems.length} problems that a script can see.\n`,
);
process.exitCode = pictures.problems.length === 0 ? 0 : 1;
