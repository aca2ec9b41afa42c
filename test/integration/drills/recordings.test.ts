/** Drills from recordings: an incident of another team's runbook with programs on PATH, then the same without them. */
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { answering, type CommandLine } from '../../fixtures/command-line.ts';
import { withVariables } from '../../fixtures/environment.ts';
import { PLATFORM_STORIES, type PlatformStory } from '../../fixtures/platforms/programs.ts';
import { listed, recordedIncident, SHOP_ANSWERS } from '../../fixtures/recorded-incident.ts';

interface Drilled {
  readonly incidentId: string;
  readonly outcome: string;
  readonly steps: readonly { readonly title: string; readonly outcome: string | null; readonly tookMs: number }[];
}

const AUTO = ['--auto', '--speed', '60', '--json'];
const KUBERNETES = PLATFORM_STORIES['Kubernetes'] as PlatformStory;

/** The outcome as the report tells it. */
async function outcomeTold(line: CommandLine, id: string): Promise<string> {
  const report = (await line.run(['export', id])).out;
  return /\*\*Outcome\*\*: [^\n.]*/.exec(report)?.[0] ?? report;
}

describe.each(Object.entries(PLATFORM_STORIES))('an incident of a runbook for %s', (_name, story) => {
  it('is drilled again without its tools, with the same outcomes', async () => {
    const { line, id, said } = await recordedIncident(story);
    expect(said.code).toBe(0);
    const again = await line.run(['drill', '--from', id, ...AUTO, '--expect']);
    expect(again.err).toBe('');
    const drill = again.json() as Drilled;
    expect(drill).toMatchObject({
      outcome: 'verified',
      expected: 'verified',
      scenario: `incident-${id.toLowerCase()}`,
      steps: [{ outcome: 'done' }, { outcome: 'verified' }, { outcome: 'confirmed' }],
    });
    expect(again.code).toBe(0);
    expect(await outcomeTold(line, drill.incidentId)).toBe(await outcomeTold(line, id));
    const report = (await line.run(['export', drill.incidentId])).out;
    expect(report).toContain('DRILL');
    expect(report).toContain(story.undo);
  });

  it('that failed fails again, and is expected to', async () => {
    const { line, id } = await recordedIncident(story, { before: ({ set }) => set('undo-fails', '') });
    const early = await line.run(['drill', '--from', id, '--auto']);
    expect(early.err).toContain('is still open');
    expect(early.code).toBe(2);
    expect((await line.run(['resolve', id, 'Somebody else helped.'])).code).toBe(0);
    const again = await line.run(['drill', '--from', id, ...AUTO]);
    expect(again.json()).toMatchObject({ outcome: 'failed', expected: 'failed' });
    expect(again.code).toBe(1);
    expect((await line.run(['drill', '--from', id, ...AUTO, '--expect'])).code).toBe(0);
    const { incidentId } = again.json() as Drilled;
    expect((await line.run(['export', incidentId])).out).toContain(story.failure);
  });
});

/** The health of the shop as its programs have it: 503 until the revision before is back. */
async function healthOf(folder: () => string): Promise<string> {
  const server = createServer((_request, response) => {
    const isBack = readFileSync(join(folder(), 'history'), 'utf8').trim().endsWith('shop:1.1 search');
    response.writeHead(isBack ? 200 : 503).end(isBack ? 'all well' : 'down');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/health`;
}

const SECRET = 'correct-horse-battery';
const PODS = `case "$*" in "get pods"*) echo "pods of $6, asked with $4"; exit 0 ;; esac`;

/** The runbook with a health address, a secret, and a question. */
async function withSecret() {
  withVariables({ SHOP_TOKEN: SECRET });
  let folder = '';
  const url = await healthOf(() => folder);
  const { kubectl = '' } = KUBERNETES.programs;
  const recorded = await recordedIncident(
    { ...KUBERNETES, programs: { kubectl: `${PODS}\n${kubectl}` } },
    {
      before: (programs) => (folder = programs.folder),
      change: (text) =>
        text
          .replace('    title: Shop\n', `    title: Shop\n    health: { url: "${url}", body: well }\n`)
          .replace(
            'variables:\n',
            'variables:\n  SHOP_TOKEN: { from: environment }\n  TEAM: { from: prompt, ask: "Which team?" }\n',
          )
          .replace(
            '1. **Choose the revision**',
            '1. **Look at the pods**\n   ```bash\n   kubectl get pods --token "$SHOP_TOKEN" -n "$TEAM"\n   ```\n1. **Choose the revision**',
          ),
    },
  );
  withVariables({ SHOP_TOKEN: undefined });
  return recorded;
}

it('keeps what was redacted redacted, and replays health, answers and times', async () => {
  const { line, id, said } = await withSecret();
  expect(said.out).toContain('pods of blue, asked with [redacted]');
  expect(said.code).toBe(0);
  const wrote = await line.run(['drill', '--from', id, '--write', 'shop.yaml']);
  expect(wrote).toMatchObject({ code: 0, err: '' });
  const text = readFileSync(join(line.cwd, 'shop.yaml'), 'utf8');
  expect(text).not.toContain(SECRET);
  expect(text).toContain('runbook: runbook.md\n');
  expect(text).toContain('command: kubectl get pods --token [redacted] -n blue');
  expect(text).toMatch(/status: 200\n( {4}.*\n)* {4}after: kubectl rollout undo deployment\/shop --to-revision=2/);

  for (const source of [
    ['--from', id],
    ['--scenario', 'shop.yaml'],
  ]) {
    const again = await line.run(['drill', ...source, ...AUTO]);
    expect(again.err).toBe('');
    expect(again.json()).toMatchObject({ outcome: 'verified', steps: [{ outcome: 'done' }, {}, {}, {}] });
    const { incidentId } = again.json() as Drilled;
    const report = (await line.run(['export', incidentId])).out;
    expect(report).toContain('The health address answered 200 3 times in a row');
  }
});

it('replays the content that the incident was declared with, whatever the file says now', async () => {
  const { line, id } = await recordedIncident(KUBERNETES);
  writeFileSync(join(line.cwd, 'runbook.md'), '# Something else\n\n1. **Nothing**\n');
  const again = await line.run(['drill', '--from', id, ...AUTO]);
  expect(again.json()).toMatchObject({ outcome: 'verified', steps: [{}, { title: 'Undo the rollout' }, {}] });
});

it('counts in the schedule if a person held it, not on autopilot', async () => {
  const { line, id } = await recordedIncident(KUBERNETES, {
    change: (text) => `${text}\n## Drill schedule\n\n* A rollback drill every month\n`,
  });
  const schedule = async () => {
    const said = await line.run(['drill', '--schedule', '--runbook', 'runbook.md', '--json']);
    const { schedule: due } = said.json() as { schedule: { standing: string }[] };
    return [said.code, due.map(({ standing }) => standing)];
  };
  await line.run(['drill', '--from', id, ...AUTO]);
  expect(await schedule()).toEqual([1, ['never']]);
  const byHand = await line.run(
    ['drill', '--from', id, '--speed', '60'],
    answering([{ to: 'What now?', type: null }, ...SHOP_ANSWERS]),
  );
  expect(byHand.out).toMatch(/DRILL incident-\w+: verified/);
  expect(byHand.code).toBe(0);
  expect(await schedule()).toEqual([0, ['held']]);
});

it('refuses what was a drill with simulated tools, an unknown incident, and options that do not fit', async () => {
  const { line, id } = await recordedIncident(KUBERNETES);
  await line.run(['drill', '--from', id, ...AUTO]);
  const drill = (await listed(line)).find(({ kind }) => kind === 'drill')?.id ?? '';
  const before = (await listed(line)).length;
  for (const [args, why] of [
    [['--from', drill, '--auto'], 'was a drill with simulated tools'],
    [['--from', '01ARZ3NDEKTSV4RRFFQ69G5FAV', '--auto'], 'There is no incident'],
    [['--from', id, '--scenario', 'app-rollback'], 'exclude each other'],
    [['--scenario', 'app-rollback', '--write', 'x.yaml'], '--write goes with --from alone'],
    [['--from', id, '--write', 'runbook.yaml.md'], 'does not end in .yaml'],
    [['--from', id, '--json'], '--json needs --auto'],
    [['--from', id, '--record', 'x.yaml'], '--record goes with --real alone'],
  ] as const) {
    const said = await line.run(['drill', ...args]);
    expect([said.code, said.err + said.out]).toEqual([2, expect.stringContaining(why)]);
  }
  expect(await listed(line)).toHaveLength(before);
});
