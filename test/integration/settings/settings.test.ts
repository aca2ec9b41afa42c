import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ulid } from 'ulid';
import { describe, expect, it, onTestFinished } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder, acceleratedCore } from '../../fixtures/data-folder.ts';
import { fakeSecretTool } from '../../fixtures/fake-secret-tool.ts';
import { withVariables } from '../../fixtures/environment.ts';
import { slackServer } from '../../fixtures/slack-server.ts';
import { take } from '../../fixtures/steering.ts';

const SECRET = 'plain-words-no-pattern-knows';

/** Prints the environment and folder of the commands. */
const BOOK = `---
rollbook: 1
services:
  shop: { title: Shop, platform: fly, health: "http://127.0.0.1:9/health" }
variables:
  KEY: { from: environment }
---
# Shop

| Severity | Condition | Action | Timeframe |
|---|---|---|---|
| P2 | The shop is slow | Look | 30 min |

## Option 1: Look

1. **Print the key**
   \`\`\`bash effect=read
   printf '%s\\n' "$KEY"
   \`\`\`
2. **Look at the code**
   \`\`\`bash effect=read
   git --version
   \`\`\`
`;

function place() {
  const folder = dataFolder();
  withVariables({ PATH: fakeSecretTool(folder), KEY: undefined });
  writeFileSync(join(folder, 'book.md'), BOOK);
  return { folder, line: commandLine(join(folder, 'data')), book: join(folder, 'book.md') };
}

/** The content of all files in a folder, except the fake keyring. */
const everything = (folder: string): string =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('vault'))
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');

async function runSteps(folder: string, book: string): Promise<{ output: string; cwd: string; problem: string }> {
  const core = await acceleratedCore(join(folder, 'data'));
  const { incidents, runbooks, outputs } = core.services;
  const { hash } = await runbooks.importFile(book);
  await runbooks.trust(hash, 'ann');
  const { model } = await runbooks.open(hash);
  const incident = await incidents.open(
    await incidents.declare(
      {
        intentId: ulid(),
        runbook: hash,
        severity: 'P2',
        rowLine: model.matrix.rows[0]?.line ?? null,
        title: 'Slow',
        symptom: 'slow',
        service: 'shop',
        detectedAt: Date.now(),
      },
      'ann',
    ),
  );
  const [procedure] = model.procedures;
  await take(incident, { kind: 'choose-procedure', procedureId: procedure?.id ?? '', reason: 'the only one' });
  for (const step of procedure?.steps ?? []) await take(incident, { kind: 'run-reads', stepId: step.id });
  const { events } = incident.context.eventLog;
  const runs = [...incident.context.eventLog.state.runs.values()];
  const lines = await Promise.all(runs.map(({ runId }) => outputs.readLines(runId, 0, 10)));
  const problems = events.flatMap((event) =>
    event.kind === 'act.ended' ? (event.payload?.problem?.message ?? []) : [],
  );
  const intended = events.flatMap((event) => (event.kind === 'run.intended' ? (event.payload?.cwd ?? []) : []));
  await incident.captured();
  await core.close();
  const output = lines.flatMap(({ lines: some }) => some.map(({ text }) => text)).join('\n');
  return { output, cwd: intended.at(-1) ?? '', problem: problems.join('\n') };
}

describe('rollbook settings', () => {
  it('keeps a secret in the keyring, gives it to commands, and nowhere else is a byte of it', async () => {
    const { folder, line, book } = place();
    const set = await line.run(['settings', 'set', '--runbook', book, 'secret.KEY', 'keychain', '--json'], [SECRET]);
    expect(set.code).toBe(0);
    expect(set.json()).toMatchObject({ changed: 'secret.KEY', tried: { state: 'ok' } });
    const { output, problem } = await runSteps(folder, book);
    expect(problem).toBe('');
    // It came from the keyring, and is redacted in stored text.
    expect(output).toMatch(/redacted/i);
    expect(everything(folder)).not.toContain(SECRET);
    expect(readFileSync(join(folder, 'vault', 'calls'), 'utf8')).not.toContain(SECRET);

    const unset = await line.run(['settings', 'unset', '--runbook', book, 'secret.KEY']);
    expect(unset.out).toContain('not set in the environment');
    expect(readdirSync(join(folder, 'vault'))).toEqual(['calls']);
  });

  it.each([
    ['file', (folder: string) => ['file', join(folder, 'secret')]],
    ['command', (folder: string) => ['command', '/bin/cat', '--', join(folder, 'secret')]],
  ])('reads it from a %s', async (_, words) => {
    const { folder, line, book } = place();
    writeFileSync(join(folder, 'secret'), `${SECRET}\n`, { mode: 0o600 });
    const args = ['settings', 'set', '--runbook', book, 'secret.KEY', ...words(folder)];
    expect((await line.run(args)).code).toBe(0);
    const core = await acceleratedCore(join(folder, 'data'));
    await expect(core.services.settings.read(book, 'KEY')).resolves.toBe(SECRET);
    // From now on it is redacted everywhere.
    expect(core.services.outputs.redact(`it is ${SECRET}`)).not.toContain(SECRET);
    await core.close();
    const list = await line.run(['settings', '--json']);
    expect(list.out).not.toContain(SECRET);
    expect(list.json()).toMatchObject({
      runbooks: expect.arrayContaining([expect.objectContaining({ name: book })]) as unknown,
    });
  });

  it('a source that fails stops the command that needs it, also when the environment has one of that name', async () => {
    const { folder, line, book } = place();
    withVariables({ KEY: 'of-another-target' });
    const set = await line.run(['settings', 'set', '--runbook', book, 'secret.KEY', 'command', 'false']);
    expect(set.code).toBe(1);
    expect(set.out).toContain('ended with exit code 1');
    const { output, problem } = await runSteps(folder, book);
    expect(problem).toContain('false, the source of KEY, ended with exit code 1');
    expect(output).not.toContain('of-another-target');
  });

  it('refuses a file that others can read, and what is no setting', async () => {
    const { folder, line, book } = place();
    const open = join(folder, 'open');
    writeFileSync(open, SECRET);
    chmodSync(open, 0o644);
    const refused = await line.run(['settings', 'set', '--runbook', book, 'secret.KEY', 'file', open]);
    expect(refused.code).toBe(1);
    expect(refused.out).toContain('can be read by others');
    for (const [key, value, told] of [
      ['checkout', join(folder, 'nowhere'), 'is not a folder'],
      ['update.url', 'http://example.com/', 'not an https'],
      ['nonsense', 'x', 'There is no setting "nonsense"'],
      ['single-keys', 'maybe', 'on or off'],
      ['secret.KEY', 'pigeon', 'no source'],
    ] as const) {
      const { code, err } = await line.run(['settings', 'set', '--runbook', book, key, value]);
      expect([key, code]).toEqual([key, 2]);
      expect(err).toContain(told);
    }
  });

  it('runs git in the checkout of the runbook, and everything else in an empty folder', async () => {
    const { folder, line, book } = place();
    const checkout = join(folder, 'checkout');
    mkdirSync(checkout);
    writeFileSync(join(folder, 'secret'), 'value-of-key\n', { mode: 0o600 });
    await line.run(['settings', 'set', '--runbook', book, 'secret.KEY', 'file', join(folder, 'secret')]);
    const set = await line.run(['settings', 'set', '--runbook', book, 'checkout', checkout]);
    expect(set.out).toContain('has no .git');
    const { cwd } = await runSteps(folder, book);
    expect(cwd).toBe(checkout);
    expect(readdirSync(checkout)).toEqual([]);
  });

  it('refuses a command that the runbook sends to the checkout while none is set, and runs it there afterwards', async () => {
    const { folder, line, book } = place();
    writeFileSync(
      book,
      BOOK.replace('bash effect=read\n   git --version', 'bash effect=read in=checkout\n   ls package.json'),
    );
    writeFileSync(join(folder, 'secret'), 'value-of-key\n', { mode: 0o600 });
    await line.run(['settings', 'set', '--runbook', book, 'secret.KEY', 'file', join(folder, 'secret')]);
    const without = await runSteps(folder, book);
    expect(without.problem).toContain('`ls package.json` has to run in a checkout of the repository, and none is set');
    expect(without.output).not.toContain('package.json');

    const checkout = join(folder, 'checkout');
    mkdirSync(checkout);
    writeFileSync(join(checkout, 'package.json'), '{}');
    await line.run(['settings', 'set', '--runbook', book, 'checkout', checkout]);
    const { cwd, output, problem } = await runSteps(folder, book);
    expect({ cwd, problem }).toEqual({ cwd: checkout, problem: '' });
    expect(output).toContain('package.json');
  });

  it('posts to the channel of the runbook, and keeps its address out of everything', async () => {
    const slack = await slackServer(onTestFinished);
    const { folder, line, book } = place();
    expect((await line.run(['settings', 'set', '--runbook', book, 'slack.live', 'keychain'], [slack.url])).code).toBe(
      0,
    );
    const core = await acceleratedCore(join(folder, 'data'));
    const { incidents, runbooks } = core.services;
    const { hash } = await runbooks.importFile(book);
    await runbooks.trust(hash, 'ann');
    const id = await incidents.declare(
      {
        intentId: ulid(),
        runbook: hash,
        severity: 'P2',
        rowLine: null,
        title: 'Slow',
        symptom: 's',
        service: 'shop',
        detectedAt: Date.now(),
      },
      'ann',
    );
    const incident = await incidents.open(id);
    expect([incidents.notifierOf(id).has('live'), incidents.notifierOf(id).has('drill')]).toEqual([true, false]);
    await take(incident, { kind: 'post-message', messageId: 'status-now', text: 'It is slow' });
    expect(slack.got).toHaveLength(1);
    await incident.captured();
    await core.close();
    expect(everything(folder)).not.toContain(slack.secret);
  });

  it('names the approvers, and the switches of the machine', async () => {
    const { line } = place();
    await line.run(['settings', 'set', 'approvers', 'Ann Lee:Manager', 'Bob']);
    await line.run(['settings', 'set', 'single-keys', 'off']);
    await line.run(['settings', 'set', 'operator', 'Ann', 'Lee']);
    await line.run(['settings', 'set', 'update.check', 'off']);
    await line.run(['settings', 'set', 'update.url', 'https://example.com/rollbook.json']);
    const { json } = await line.run(['settings', 'list', '--json']);
    expect(json()).toMatchObject({
      runbooks: [
        {
          name: 'bundled',
          settings: {
            approvers: [
              { name: 'Ann Lee', role: 'Manager' },
              { name: 'Bob', role: '' },
            ],
          },
        },
      ],
      singleKeys: false,
      operator: 'Ann Lee',
      update: { check: false, url: 'https://example.com/rollbook.json' },
    });
    expect((await line.run(['settings'])).out).toContain('Ann Lee (Manager), Bob');
  });

  it('refuses a role that may approve nothing, and names those that may', async () => {
    const { line } = place();
    const said = await line.run(['settings', 'set', 'approvers', 'Amy:manager', 'Bob:boss']);
    expect(said.code).toBe(2);
    expect(said.err).toContain('"boss" (Bob) is no role that may approve.');
    expect(said.err).toContain('lead (as in "team lead"), manager, director');
    expect((await line.run(['settings'])).out).not.toContain('Amy');
  });

  it('lists the settings of one runbook', async () => {
    const { line, book } = place();
    await line.run(['settings', 'set', '--runbook', book, 'approvers', 'Amy:manager']);
    for (const words of [['settings'], ['settings', 'list']]) {
      const { code, json } = await line.run([...words, '--runbook', book, '--json']);
      expect(code).toBe(0);
      expect(json()).toMatchObject({ runbooks: [{ name: book, settings: { approvers: [{ name: 'Amy' }] } }] });
    }
    expect((await line.run(['settings', '--runbook', 'none.md'])).code).toBe(2);
  });
});
