/** Several services roll back in a declared order or in parallel, each with its own target, proof and outcome. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { liveFullSystem } from '../fixtures/live-full-system.ts';
import { type App, expect, test } from './app.ts';
import { storedEvents, storedOf } from './stored.ts';
import { wizardOf } from './wizard.ts';

const AGENT = 'hotdash-agent-service';
const MCP = 'hotdash-llamaindex-mcp';
const APP = 'hotdash-app';

/** The outcome of each service, in the order in which they ended. */
const ends = (app: App): readonly unknown[] =>
  storedOf(app, 'service.ended').map(({ service, outcome }) => [service, outcome]);

test('three services in the declared order, each to its own release; health addresses, tests and smoke checks after it', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('full-system', 60);
  await wizard.press('Read the releases of 3 services');
  for (const [service, version] of [
    [AGENT, '9'],
    [MCP, '4'],
    [APP, '4'],
  ] as const)
    await expect(page.getByLabel(`Release of ${service}`)).toHaveValue(version);
  await wizard.press('Go back with 3 of 3 services');
  const services = page.getByRole('region', { name: 'Services of this step' });
  await wizard.runChange(`Deploy v9 to ${AGENT}`);
  // The next service is offered only after the outcome of the one before it.
  await wizard.offers(`Deploy v4 to ${MCP}`);
  await expect(services.getByRole('listitem').filter({ hasText: AGENT })).toContainText('verified');
  await expect(services.getByRole('listitem').filter({ hasText: APP })).toContainText('to do');
  await wizard.runChange(`Deploy v4 to ${MCP}`);
  await wizard.runChange(`Deploy v4 to ${APP}`);
  await expect(wizard.outcomeOf('Roll back all services')).toContainText('verified by app', { timeout: 40_000 });
  expect(ends(app)).toEqual([
    [AGENT, 'verified'],
    [MCP, 'verified'],
    [APP, 'verified'],
  ]);

  await wizard.press('Check health and version');
  await page.getByLabel('What you saw').fill('all three answer 200');
  await wizard.press('Confirm: symptom gone');
  const ran = storedOf(app, 'run.intended').map(({ shown }) => shown);
  // The address is declared, not derived from the name: it is another domain.
  expect(ran).toContain('curl -fsS --max-time 10 https://app.hotdash.com/health');
  await wizard.press('Run npm run test:agent-sdk');
  await expect(wizard.outcomeOf('Run the integration tests')).toContainText('done', { timeout: 40_000 });
  await wizard.tickAll('works');
  await wizard.press('Confirm this step');
  await wizard.press('Watch for 30 minutes');
  await expect(page.getByRole('main')).toContainText(APP);
});

test('one is left as it is, with a reason; the others go back', async ({ app }) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('full-system', 60);
  await wizard.press('Read the releases of 3 services');
  await expect(page.getByLabel(`Release of ${MCP}`)).toHaveValue('4');
  await page.getByLabel(`Release of ${APP}`).selectOption({ label: 'Leave it as it is' });
  await expect(page.locator('[data-primary]')).toHaveAttribute('aria-disabled', 'true');
  await page.getByLabel(`Why ${APP} is left out`).fill('It is not deployed by itself');
  await wizard.press('Go back with 2 of 3 services');
  await wizard.runChange(`Deploy v9 to ${AGENT}`);
  await wizard.runChange(`Deploy v4 to ${MCP}`);
  await expect(wizard.outcomeOf('Roll back all services')).toContainText('verified by app', { timeout: 40_000 });
  expect(ends(app)).toEqual([
    [AGENT, 'verified'],
    [MCP, 'verified'],
  ]);
});

test('one fails: its failure is its own, the rest is still rolled back, and only it is open afterwards', async ({
  app,
}) => {
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.startDrill('full-system-one-fails', 60);
  await wizard.press('Read the releases of 3 services');
  await wizard.press('Go back with 3 of 3 services');
  await wizard.runChange(`Deploy v9 to ${AGENT}`);
  await wizard.runChange(`Deploy v4 to ${MCP}`);
  await wizard.offers(`Deploy v4 to ${APP}`);
  const services = page.getByRole('region', { name: 'Services of this step' });
  await expect(services.getByRole('listitem').filter({ hasText: MCP })).toContainText('failed');
  await wizard.runChange(`Deploy v4 to ${APP}`);
  await expect(wizard.outcomeOf('Roll back all services')).toContainText('failed', { timeout: 40_000 });
  expect(ends(app)).toEqual([
    [AGENT, 'verified'],
    [MCP, 'failed'],
    [APP, 'verified'],
  ]);
  await page.getByRole('button', { name: /Choose other releases for what is not verified/ }).click();
  await wizard.press('Read the releases of 1 service');
  await expect(page.getByLabel(`Release of ${MCP}`)).toBeVisible();
  await expect(page.getByLabel(`Release of ${AGENT}`)).toHaveCount(0);
});

/** A fly whose deploys wait until the deploys of all services have started. */
const waitingFly = (fly: string, begun: string): string => `#!/bin/sh
if [ "$1" = deploy ]; then
  : > "${begun}/$$"
  while [ "$(ls "${begun}" | wc -l)" -lt 3 ]; do sleep 0.1; [ -d "${begun}" ] || exit 1; done
fi
exec "${fly}" "$@"
`;

test('in parallel, with real processes: all under way at once, one fails, the others are verified', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('full-system-one-fails');
  const begun = join(app.folder, 'begun');
  mkdirSync(begun);
  app.addProgram('fly', waitingFly(join(tools.pathEntry, 'fly'), begun));
  const health = { [AGENT]: tools.healthUrl, [MCP]: tools.healthUrlOf(MCP), [APP]: tools.healthUrlOf(APP) };
  app.trust(liveFullSystem(health));
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.press('Read the releases of 3 services');
  await expect(page.getByLabel(`Release of ${AGENT}`)).toHaveValue('9', { timeout: 30_000 });
  await wizard.press('Go back with 3 of 3 services');
  await wizard.runChange(`Deploy v9 to ${AGENT}, v4 to ${MCP}, v4 to ${APP}`);
  await expect(wizard.outcomeOf('Roll back all services')).toContainText('failed', { timeout: 60_000 });
  expect(new Map(ends(app) as [string, string][])).toEqual(
    new Map([
      [AGENT, 'verified'],
      [MCP, 'failed'],
      [APP, 'verified'],
    ]),
  );
  const deploys = storedEvents(app).flatMap(({ kind, payload }) =>
    kind === 'run.intended' && payload['effect'] === 'change' ? [payload['runId']] : [],
  );
  expect(deploys).toHaveLength(3);
  const order = storedEvents(app).flatMap(({ kind, payload }) =>
    deploys.includes(payload['runId']) && ['run.intended', 'run.ended'].includes(kind) ? [kind] : [],
  );
  // None could end before the last one started.
  expect(order.slice(0, 3)).toEqual(['run.intended', 'run.intended', 'run.intended']);
  expect(tools.cloud.read().others.map(({ releases }) => releases.at(-1)?.status)).toEqual(['complete', 'complete']);
});
