/** A drill with real tools becomes a recording: of Fly, with the readings around a deploy. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { answering, commandLine } from '../../fixtures/command-line.ts';
import { setVariables } from '../../fixtures/environment.ts';
import { liveRunbook } from '../../fixtures/live-runbook.ts';
import { SHOP_ANSWERS } from '../../fixtures/recorded-incident.ts';
import { simulatedTools } from '../../fixtures/simulated-tools.ts';

const APP = 'hotdash-agent-service-test';

it('records a drill with real tools, and plays it without them to the same end', async () => {
  const tools = await simulatedTools('app-rollback', { app: APP });
  const line = commandLine();
  const runbook = liveRunbook(tools.healthUrl).replaceAll('hotdash-agent-service', APP);
  writeFileSync(join(line.cwd, 'practice.md'), runbook);
  await line.run(['trust', 'practice.md']);
  const said = await line.run(
    ['drill', '--real', '--service', APP, '--runbook', 'practice.md', '--record', 'fly.yaml'],
    answering([{ to: 'What now?', type: null }, ...SHOP_ANSWERS]),
  );
  expect(said).toMatchObject({ code: 0, err: '' });
  expect(said.out).toMatch(/Wrote .*fly\.yaml: \d+ calls/);
  expect(readFileSync(join(line.cwd, 'fly.yaml'), 'utf8')).toContain(`command: fly deploy -a ${APP} --image`);

  setVariables([['PATH', '']]);
  const again = await line.run(['drill', '--scenario', 'fly.yaml', '--auto', '--speed', '60', '--json']);
  expect(again.err).toBe('');
  expect(again.json()).toMatchObject({
    outcome: 'verified',
    expected: 'verified',
    steps: [{ outcome: 'done' }, { outcome: 'verified' }, { outcome: 'confirmed' }],
  });
});

it('says how to record a drill that was left open', async () => {
  await simulatedTools('app-rollback', { app: APP });
  const line = commandLine();
  const said = await line.run(['drill', '--real', '--service', APP, '--record', 'open.yaml']);
  expect(said.err).toMatch(
    /Nothing is recorded yet\. When it is over: rollbook drill --from \w{26} --write .*open\.yaml/,
  );
  expect(said.code).toBe(1);
});
