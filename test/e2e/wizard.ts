/** The wizard as a person sees it: its parts by role and name, and the actions of a drill. */
import { expect, type Locator, type Page } from '@playwright/test';
import Database from 'better-sqlite3';
import { join } from 'node:path';
import type { App } from './app.ts';

export interface Wizard {
  readonly strip: Locator;
  readonly target: Locator;
  readonly mitigation: Locator;
  readonly title: Locator;
  readonly output: Locator;
  release(version: number): Locator;
  /** The row of a step in the rail, with its outcome in words. */
  outcomeOf(step: string): Locator;
  /** From the home screen: starts a drill, and chooses the row of the matrix by its number key. */
  startDrill(scenario: string, speed: 1 | 10 | 60, row?: number): Promise<void>;
  /** From the home screen: declares an incident by a row of the matrix, from the keyboard. */
  declareRow(number: number): Promise<void>;
  /** Waits until the primary action has this name and can be taken. */
  offers(label: string): Promise<void>;
  /** Performs the primary action, which must have this name. */
  press(label: string): Promise<void>;
  /** Arms a changing action and runs it. */
  runChange(label: string): Promise<void>;
  tickAll(observed: string): Promise<void>;
  /** From the first step of an application rollback: reads the releases, chooses v9, and runs its deploy. */
  startDeploy(): Promise<void>;
  /** From the first step of an application rollback until v9 is deployed, its symptom gone, and the watch offered. */
  untilWatch(): Promise<void>;
  /** Opens the line that counts what is still to do. */
  openStillToDo(): Promise<void>;
  elapsedSeconds(): Promise<number>;
  hide(app: App): Promise<void>;
  show(): Promise<void>;
  /** The kinds of the newest incident's events in order, without probes, read from the store. */
  storedKinds(app: App): Promise<readonly string[]>;
}

/** The row of the bundled matrix that the scenarios are written for. */
const COMPLETE_OUTAGE = 3;

async function chooseRow(page: Page, number: number): Promise<void> {
  const rows = page.getByRole('group', { name: 'Decision matrix' }).getByRole('radio');
  await rows.first().waitFor();
  await page.keyboard.press(String(number % 10));
  await expect(rows.nth(number - 1)).toBeChecked();
}

export function wizardOf(page: Page): Wizard {
  const primary = page.locator('[data-primary]');
  const rail = page.getByRole('navigation', { name: 'Procedure' });
  const mitigation = page.getByRole('region', { name: 'Mitigation clock' });
  return {
    strip: page.getByRole('banner'),
    target: page.getByRole('banner'),
    mitigation,
    title: page.getByRole('main').getByRole('heading').first(),
    output: page.getByRole('log', { name: 'Output' }).last(),
    release: (version) => page.getByRole('radio', { name: new RegExp(`^v${version},`) }),
    outcomeOf: (step) => rail.getByRole('listitem').filter({ hasText: step }),

    async startDrill(scenario, speed, row = COMPLETE_OUTAGE) {
      await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
      await page.keyboard.press('r');
      await page
        .getByRole('radio', { name: new RegExp(scenario) })
        .first()
        .check();
      if (speed !== 1) await page.getByRole('radio', { name: new RegExp(`^${speed} times`) }).check();
      await page.keyboard.press('Enter');
      await page.getByRole('heading', { name: 'Declare the drill' }).waitFor();
      await chooseRow(page, row);
      await page.keyboard.press('Enter');
    },

    async declareRow(number) {
      await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
      await page.keyboard.press('d');
      await chooseRow(page, number);
      await page.keyboard.press('Enter');
    },

    async offers(label) {
      await expect(primary).toContainText(label);
      await expect(primary).toHaveAttribute('aria-disabled', 'false');
    },

    async press(label) {
      await this.offers(label);
      await primary.click();
    },

    async runChange(label) {
      await this.press(label);
      await this.press(`Run now: ${label}`);
    },

    async tickAll(observed) {
      const open = page.getByRole('list', { name: 'Checks' }).getByRole('button', { name: /^Tick:/ });
      await open.first().waitFor();
      const all = await open.count();
      for (let left = all; left > 0; left -= 1) {
        // The first one by its number key, which works only while nothing is ticked.
        if (left === all && all > 1) await page.keyboard.press('1');
        else await open.first().click();
        const field = page.getByLabel(/^What you saw:/);
        await field.fill(observed);
        await field.press('Enter');
        await expect(open).toHaveCount(left - 1);
      }
    },

    async startDeploy() {
      await this.press('Read the releases of hotdash-agent-service');
      await this.press('Go back to v9');
      await this.runChange('Deploy v9 to hotdash-agent-service');
    },

    async untilWatch() {
      await this.startDeploy();
      await this.press('Check health and version');
      await page.getByLabel('What you saw').fill('HTTP 200, v9');
      await this.press('Confirm: symptom gone');
      await this.tickAll('as it should be');
      await this.press('Confirm this step');
      await this.offers('Watch for 30 minutes');
    },

    async openStillToDo() {
      const summary = page.locator('details[aria-label="Still to do"] > summary');
      await summary.waitFor();
      if ((await summary.locator('..').getAttribute('open')) === null) await summary.click();
    },

    async elapsedSeconds() {
      const text = /(?:(\d+):)?(\d+):(\d\d)/.exec(await mitigation.innerText());
      return Number(text?.[1] ?? 0) * 3_600 + Number(text?.[2] ?? 0) * 60 + Number(text?.[3] ?? 0);
    },

    async hide(app) {
      await app.hide();
      await page.evaluate(() => {
        Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true });
        Object.defineProperty(document, 'hidden', { value: true, configurable: true });
        // A hidden tab gets no animation frames.
        globalThis.requestAnimationFrame = () => 0;
        document.dispatchEvent(new Event('visibilitychange'));
      });
    },

    async show() {
      await page.bringToFront();
      await page.reload();
    },

    async storedKinds(app) {
      const db = new Database(join(String(app.env['ROLLBOOK_HOME']), 'rollbook.db'), { readonly: true });
      try {
        const rows = db
          .prepare('SELECT kind FROM events WHERE incident_id = (SELECT max(id) FROM incidents) ORDER BY seq')
          .all() as { kind: string }[];
        // Symptom probes can come at any moment.
        return rows.map(({ kind }) => kind).filter((kind) => kind !== 'probe.sampled');
      } finally {
        db.close();
      }
    },
  };
}
