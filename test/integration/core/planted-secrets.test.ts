import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ulid } from 'ulid';
import type { OpenCore } from '#core/core.ts';
import type { CallName } from '#shared/api/calls.ts';
import type { Push } from '#shared/api/pushes.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder, acceleratedCore } from '../../fixtures/data-folder.ts';
import { withVariables } from '../../fixtures/environment.ts';
import { bare, leftOf } from '../../fixtures/planted-secrets.ts';
import { SECRET_KINDS } from '../../fixtures/secret-kinds.ts';
import { slackServer } from '../../fixtures/slack-server.ts';
import { take } from '../../fixtures/steering.ts';
import { declareBy } from '../../fixtures/trusted-incident.ts';

const RUNBOOK = `---
rollbook: 1
title: Planted
services:
  some-app: { title: Some, platform: fly, health: "http://127.0.0.1:9/health" }
variables:
  PLANTED: { from: environment, secret: false }
---

# Planted

## Option 1: Print

**Use when**: testing

1. **Print it**
   \`\`\`bash effect=read
   for once in 1; do cat "$PLANTED"; cat "$PLANTED" >&2; fold -w 40 "$PLANTED"; env; done
   \`\`\`
`;

/** All kinds of secrets, one after the other. */
const ALL = SECRET_KINDS.map(({ text }) => text).join('\n\n');
/** Known only from the environment of the process; no command gets these two. */
const STRIPPED = { PGPASSFILE_TOKEN: 'plain-words-4711', ROLLBOOK_SLACK_OTHER_SECRET: 'another-4711-plain' };
const SECRETS = [
  ...SECRET_KINDS.map(({ kind, secret }) => ({ kind, secret })),
  ...Object.entries(STRIPPED).map(([kind, secret]) => ({ kind, secret })),
];

function filesBelow(folder: string): readonly (readonly [path: string, text: string])[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile())
    .map((path) => [path, readFileSync(path, 'utf8')] as const);
}

/** The places where secrets are left, as "kind in place: piece". */
const leaks = (places: readonly (readonly [place: string, text: string])[]): readonly string[] =>
  places.flatMap(([place, text]) => {
    const searched = bare(text);
    return SECRETS.flatMap(({ kind, secret }) => {
      const piece = leftOf(secret, searched, 4);
      return piece === null ? [] : [`${kind} in ${place}: ${piece}`];
    });
  });

interface Window {
  readonly got: string[];
  call(name: CallName, args: unknown): Promise<unknown>;
}

function windowOn(core: OpenCore): Window {
  const got: string[] = [];
  const connection = core.connect((push: Push) => got.push(JSON.stringify(push)));
  return {
    got,
    async call(name, args) {
      const result = await connection.call(name, args);
      got.push(JSON.stringify(result));
      return result.ok ? result.value : null;
    },
  };
}

describe('secrets planted in a live incident', () => {
  it(`of ${SECRETS.length} kinds are in no file, window, terminal, export or message`, async () => {
    const slack = await slackServer(onTestFinished);
    const [home, elsewhere] = [dataFolder(), dataFolder()];
    const planted = join(elsewhere, 'planted.txt');
    writeFileSync(planted, `${ALL}\n${Object.values(STRIPPED).join('\n')}\n`);
    const environment = Object.fromEntries(SECRET_KINDS.map(({ variable, secret }) => [variable, secret]));
    withVariables({ ...environment, ...STRIPPED, ROLLBOOK_SLACK_WEBHOOK: slack.url, PLANTED: planted });
    const core = await acceleratedCore(home);
    const { incidents, handovers, outputs, reports } = core.services;
    const window = windowOn(core);
    const typed = `I used this:\n${ALL}\n${Object.values(STRIPPED).join(' and ')}`;
    // As much as one note may have, cut between two of them.
    const half = typed.lastIndexOf('\n\n', 9_000);
    const halves = [typed.slice(0, half), typed.slice(half)];

    const incidentId = await declareBy(core, elsewhere, RUNBOOK, { title: `T ${typed.slice(0, 150)}`, symptom: typed });
    const incident = await incidents.open(incidentId);
    const [procedure] = incident.context.runbook.procedures;
    const step = procedure?.steps[0];
    const [stepId, commandId] = [step?.id ?? '', step?.commands[0]?.id ?? ''];
    await window.call('incident.open', { incidentId });
    await window.call('incident.follow', { incidentId, afterSeq: 0 });
    await take(incident, { kind: 'choose-procedure', procedureId: procedure?.id ?? '', reason: typed });
    await take(incident, { kind: 'run-reads', stepId });
    const [run] = incident.context.eventLog.state.runs.values();
    const runId = run?.runId ?? '';
    expect(run?.exit).toEqual({ kind: 'code', code: 0 });
    expect((await outputs.readLines(runId, 0, 10)).total).toBeGreaterThan(SECRET_KINDS.length * 3);
    await window.call('run.attach', { runId });
    await window.call('run.lines', { incidentId, runId, from: 0, count: 1_000 });
    await take(incident, { kind: 'reopen-step', stepId, reason: typed });
    await take(incident, { kind: 'ran-by-hand', stepId, commandId, exitCode: 0, output: typed });
    for (const text of halves) await take(incident, { kind: 'note', text, starred: true });
    await take(incident, { kind: 'post-message', messageId: 'status-now', text: typed.slice(0, half) });
    expect(slack.got).toHaveLength(1);

    // A refused call with a secret in its arguments answers without it.
    for (const { secret } of SECRETS.filter((_each, n) => n % 6 === 0)) {
      const intent = { kind: 'pay-debt', debt: secret.slice(0, 300), who: 'ann', how: secret.slice(0, 200) };
      const intentId = ulid();
      await window.call('incident.act', {
        incidentId,
        intentId,
        expectedSeq: incident.context.eventLog.state.seq,
        intent,
      });
    }
    await window.call('incident.take-over', { incidentId, reason: typed });
    const folder = join(elsewhere, SECRET_KINDS.find(({ kind }) => kind === 'github')?.secret ?? '');
    mkdirSync(folder);
    writeFileSync(join(folder, 'book.md'), RUNBOOK);
    await window.call('runbook.import', { path: join(folder, 'book.md') });
    const settings = { runbook: join(elsewhere, 'runbook.md'), path: folder };
    await window.call('settings.change', { change: { what: 'checkout', ...settings } });
    await window.call('incident.list', {});
    await window.call('incident.search', { query: 'used' });
    await window.call('report.preview', { incidentId });

    const out = join(elsewhere, 'out');
    mkdirSync(out);
    await reports.export(incidentId, join(out, 'report.md'), 'ann');
    await reports.export(incidentId, join(out, 'report.json'), 'ann', 'json');
    await reports.exportFolder(incidentId, join(out, 'folder'), 'ann');
    await handovers.give(
      incidentId,
      { path: join(out, 'bundle.jsonl'), to: typed.slice(0, 150), reason: typed },
      'ann',
    );
    await core.close();

    const line = commandLine(home);
    const said = [];
    for (const args of [['incidents'], ['incidents', '--json'], ['export', incidentId], ['settings']]) {
      const { out: printed, err } = await line.run(args);
      said.push([`terminal ${args[0]}`, printed + err] as const);
    }
    expect(
      leaks([
        ...filesBelow(home),
        ...filesBelow(out),
        ...said,
        ['a window', window.got.join('\n')],
        ['Slack', slack.got.map(({ text }) => text).join('\n')],
      ]),
    ).toEqual([]);
    expect(window.got.join('\n')).toContain('[redacted]');
  }, 60_000);
});
