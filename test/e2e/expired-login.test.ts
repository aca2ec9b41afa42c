import { liveRunbook } from '../fixtures/live-runbook.ts';
import { expect, test } from './app.ts';
import { wizardOf } from './wizard.ts';

test('an expired login opens in a terminal, is checked by reading, and the same step is offered again', async ({
  app,
  simulatedTools,
}) => {
  const tools = await simulatedTools('app-rollback');
  tools.cloud.update((cloud) => ({
    ...cloud,
    scenario: { ...cloud.scenario, login: { ...cloud.scenario.login, state: 'expired' } },
  }));
  // A terminal in which the login succeeds.
  app.addProgram('x-terminal-emulator', '#!/bin/sh\nshift\nROLLBOOK_SIM_TERMINAL=1 exec "$@"\n');
  app.env['DISPLAY'] = ':99';
  app.trust(liveRunbook(tools.healthUrl));
  const page = await app.open();
  const wizard = wizardOf(page);
  await wizard.declareRow(1);
  await wizard.press('Read the releases');
  await expect(wizard.title).toHaveText('The login of fly has expired', { timeout: 20_000 });
  await wizard.press('Log in to fly again');
  await wizard.offers('Read the releases of hotdash-agent-service');
  // The background capture writes to the same timeline at any moment.
  const logins = (await wizard.storedKinds(app)).filter((kind) => kind.startsWith('login.'));
  expect(logins).toEqual(['login.opened', 'login.ended']);
  await wizard.press('Read the releases');
  await wizard.offers('Go back to v9');
});
