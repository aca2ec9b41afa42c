/** Rollbook was killed during a change, which goes on under its keeper, also on a full disk: resuming works. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { expect, it, onTestFinished } from 'vitest';
import { openDoor } from '#core/redaction-door.ts';
import { rollbook } from '../../electron/cli/program.ts';
import { commandProcess } from '../fixtures/command-process.ts';
import { dataFolder } from '../fixtures/data-folder.ts';
import { withVariables } from '../fixtures/environment.ts';
import { smallDisk } from '../fixtures/small-disk.ts';
import { NO_PROGRESS } from '../../electron/cli/progress.ts';

/** A change that ends with 0 once `held` is deleted, as it is with the test's folder, and with 9 when it is interrupted. */
const runbook = (held: string): string => `---
rollbook: 1
title: Slow change
services:
  some-app: { title: Some, platform: fly, health: "http://127.0.0.1:9/health" }
matrix:
  - { match: down, procedures: [slow] }
---

# Slow change

## When

| Severity | Condition | Action | Timeframe |
|---|---|---|---|
| P0 | The service is down | Roll back | <5 min |

## Authority

* P0: Any engineer may start

## Option 1: Slow

**Use when**: testing

1. **Change it**
   \`\`\`bash effect=change exit=0
   sh -c 'trap "exit 9" INT; echo up; while [ -e ${held} ]; do sleep 0.05; done; echo over'
   \`\`\`
`;

/** Runs the command line in this process, as at a terminal. */
function atTerminal(folder: string, args: readonly string[]) {
  withVariables({ ROLLBOOK_HOME: folder });
  const door = openDoor();
  const input = new PassThrough();
  let said = '';
  let news = (): void => undefined;
  const hear = (text: string): void => {
    said += text;
    news();
  };
  const terminal = {
    out: hear,
    err: hear,
    exact: hear,
    door,
    input,
    cwd: folder,
    interactive: true,
    progress: NO_PROGRESS,
  };
  const ended = rollbook(args, terminal);
  return {
    ended,
    said: () => said,
    type: (line: string) => void input.write(`${line}\n`),
    endInput: () => void input.end(),
    async until(text: string) {
      while (!said.includes(text)) await new Promise<void>((resolve) => (news = resolve));
    },
  };
}

/** Kills Rollbook while the change runs, with a full disk or with room on it, and resumes. */
async function killed(standing: 'full' | 'roomy', skip: (why: string) => never) {
  const place = dataFolder();
  const disk = smallDisk(place, 3);
  if (typeof disk === 'string') {
    console.log(`skipped: ${disk}`);
    return skip(disk);
  }
  onTestFinished(() => disk.unmount());
  const elsewhere = dataFolder();
  const held = join(elsewhere, 'held');
  writeFileSync(held, '');
  const file = join(elsewhere, 'slow.md');
  writeFileSync(file, runbook(held));
  const first = commandProcess(place, ['run', file, '--trust', '--row', '1', '--probe', '']);
  await first.answer('Enter does it', '');
  await first.until('\n  up\n');
  const id = /Incident ([0-9A-Z]{26})/.exec(first.said())?.[1] ?? '';
  if (standing === 'full') disk.fill();
  first.kill('SIGKILL');
  await first.ended;
  return { disk, go: () => rmSync(held), resumed: atTerminal(place, ['run', '--resume', id]) };
}

it('resuming on a full disk shows the running command, keeps notes, and goes on once there is room', async ({
  skip,
}) => {
  const { disk, go, resumed } = await killed('full', skip);
  await resumed.until('Under way: sh -c');
  await resumed.until('Nothing can be written now');
  resumed.type('/note seen while it was full');
  await resumed.until('What you did is kept in');
  resumed.type('');
  await resumed.until('Under way; type "stop" to stop it.');
  go();
  await resumed.until('The command has ended (exit code 0)');
  disk.makeRoom();
  await resumed.until('seen while it was full\n');
  await resumed.until('What now?');
  resumed.endInput();
  await resumed.ended;
  expect(resumed.said()).not.toContain('lost');
});

it('resuming on a full disk can stop the running command', async ({ skip }) => {
  const { disk, resumed } = await killed('full', skip);
  await resumed.until('Under way: sh -c');
  resumed.type('stop');
  await resumed.until('The command was stopped (exit code 9)');
  disk.makeRoom();
  await resumed.until('Stopped by a person.');
  await resumed.until('What now?');
  resumed.endInput();
  await resumed.ended;
});

it('resuming on a full disk leaves the incident open when the input ends', async ({ skip }) => {
  const { resumed } = await killed('full', skip);
  await resumed.until('Under way: sh -c');
  resumed.endInput();
  expect(await resumed.ended).toBe(1);
  expect(resumed.said()).toContain('Left open. Go on with: rollbook run --resume');
});

it('resuming on a disk with room shows the running command at once, and follows its output', async ({ skip }) => {
  const { go, resumed } = await killed('roomy', skip);
  await resumed.until('Under way: sh -c');
  await resumed.until('"stop" interrupts it; /note TEXT keeps a note; /help lists what can be typed.');
  expect(resumed.said()).not.toContain('Nothing can be written now');
  resumed.type('/note seen by who resumed');
  await resumed.until('* seen by who resumed');
  go();
  await resumed.until('\n  over\n');
  await resumed.until('What now?');
  resumed.endInput();
  await resumed.ended;
});
