/** An expired login with real processes: a terminal program on PATH, and the simulator as `fly`. */
import { chmodSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openTerminal } from '#core/login/terminals.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { declareLive, type LiveStory, liveStory } from '../../fixtures/live-story.ts';
import { send, stepsOf, take } from '../../fixtures/steering.ts';

const next = ({ context }: OpenIncident) => nextAction(context.eventLog.state, context.runbook);

/** A folder for PATH with a terminal that records its command line, then runs it as if a person logs in. */
function fakeTerminal(run: boolean): { readonly folder: string; readonly calls: () => string } {
  const folder = join(dataFolder(), 'terminal');
  mkdirSync(folder, { recursive: true });
  const log = join(folder, 'calls.txt');
  writeFileSync(log, '');
  const program = join(folder, 'x-terminal-emulator');
  const work = run ? 'shift\nROLLBOOK_SIM_TERMINAL=1 exec "$@"' : 'exit 0';
  writeFileSync(program, `#!/bin/sh\nprintf '%s\\n' "$@" >>'${log}'\n${work}\n`);
  chmodSync(program, 0o755);
  return { folder, calls: () => readFileSync(log, 'utf8') };
}

function setEnvironment(name: string, value: string | undefined): void {
  const before = process.env[name];
  const put = (text: string | undefined): void => {
    if (text === undefined) delete process.env[name];
    else process.env[name] = text;
  };
  put(value);
  onTestFinished(() => put(before));
}

const expire = ({ tools }: LiveStory): void => {
  tools.cloud.update((cloud) => ({
    ...cloud,
    scenario: { ...cloud.scenario, login: { ...cloud.scenario.login, state: 'expired' } },
  }));
};

async function story(
  terminal: { readonly folder: string } | null,
  change?: (markdown: string) => string,
): Promise<LiveStory> {
  setEnvironment('DISPLAY', terminal === null ? undefined : ':99');
  setEnvironment('WAYLAND_DISPLAY', undefined);
  if (terminal !== null) setEnvironment('PATH', `${terminal.folder}${delimiter}${process.env['PATH']}`);
  return await liveStory('app-rollback', change === undefined ? {} : { change });
}

describe('a login that has expired', () => {
  it('is opened in a terminal, asked after by reading, and the same step is offered again, not run', async () => {
    const terminal = fakeTerminal(true);
    const live = await story(terminal);
    expire(live);
    const incident = await declareLive(live);
    await incident.captured();
    const { choose } = stepsOf(incident);
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    expect(next(incident)).toMatchObject({ kind: 'ask', ask: 'login', stepId: choose.id });
    const runsBefore = [...incident.context.eventLog.state.runs.keys()].length;
    await take(incident, { kind: 'log-in', here: false });
    const { state, events } = incident.context.eventLog;
    expect(terminal.calls().split('\n').slice(0, 4)).toEqual([
      '-e',
      join(live.tools.pathEntry, 'fly'),
      'auth',
      'login',
    ]);
    // Symptom probes can come at any moment.
    const logins = events.filter(({ kind }) => kind.startsWith('login.'));
    expect(logins.map(({ kind }) => kind)).toEqual(['login.opened', 'login.ended']);
    expect(logins.at(-1)?.payload).toMatchObject({ tool: 'fly', who: live.tools.scenario.login.email });
    expect(state).toMatchObject({ problem: null, branches: { login: null } });
    // Nothing was run again automatically: the reading is offered again.
    expect([...state.runs.keys()]).toHaveLength(runsBefore);
    expect(next(incident)).toMatchObject({ kind: 'do', stepId: choose.id, intent: { kind: 'run-reads' } });
  });

  it('found out by a change: the deploy is offered again, armed by a person', async () => {
    const live = await story(fakeTerminal(true));
    const incident = await declareLive(live);
    await incident.captured();
    const { choose, deploy } = stepsOf(incident);
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
    expire(live);
    await take(incident, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
    expect(next(incident)).toMatchObject({ kind: 'ask', ask: 'login', stepId: deploy.id });
    await take(incident, { kind: 'log-in', here: false });
    expect(next(incident)).toMatchObject({ kind: 'do', stepId: deploy.id, changes: true });
    expect([...incident.context.eventLog.state.runs.values()].some(({ effect }) => effect === 'change')).toBe(false);
  });

  it('found out while the symptom is confirmed: the reading is offered again, and gone on without it is not', async () => {
    const live = await story(fakeTerminal(true), (markdown) =>
      markdown.replace(/curl -fsS [^\n]+\n/, '$&   fly status -a "$SERVICE" --json\n'),
    );
    const incident = await declareLive(live);
    await incident.captured();
    const { choose, deploy } = stepsOf(incident);
    const confirm = incident.context.runbook.procedures[0]?.steps.at(-1);
    if (confirm?.kind !== 'confirm-effective') throw new Error('the last step confirms');
    await take(incident, { kind: 'run-reads', stepId: choose.id });
    await take(incident, { kind: 'choose-release', stepId: choose.id, version: 9, immediate: false });
    await take(incident, { kind: 'run-change', stepId: deploy.id, commandId: deploy.commands[0]?.id ?? '' });
    const read = { kind: 'do', stepId: confirm.id, intent: { kind: 'run-reads' } };
    const symptom = { kind: 'ask', ask: 'symptom', stepId: confirm.id };
    expect(next(incident)).toMatchObject(read);

    expire(live);
    await take(incident, { kind: 'run-reads', stepId: confirm.id });
    expect(next(incident)).toMatchObject({ kind: 'ask', ask: 'login', stepId: confirm.id });
    await take(incident, { kind: 'skip-login', reason: 'no phone at hand' });
    expect(next(incident)).toMatchObject(symptom);

    await take(incident, { kind: 'run-reads', stepId: confirm.id });
    const runs = [...incident.context.eventLog.state.runs.keys()].length;
    await take(incident, { kind: 'log-in', here: false });
    expect(next(incident)).toMatchObject(read);
    expect([...incident.context.eventLog.state.runs.keys()]).toHaveLength(runs);
    await take(incident, { kind: 'run-reads', stepId: confirm.id });
    expect(incident.context.eventLog.state.problem).toBeNull();
    expect(next(incident)).toMatchObject(symptom);
  });

  it('without a display no terminal is opened: the command is said, and it is asked all the same', async () => {
    const live = await story(null);
    expire(live);
    const incident = await declareLive(live);
    await incident.captured();
    await take(incident, { kind: 'run-reads', stepId: stepsOf(incident).choose.id });
    const opened = new Promise<void>((resolve) => {
      incident.follow((events) => events.some(({ kind }) => kind === 'login.opened') && resolve());
    });
    await send(incident, { kind: 'log-in', here: false });
    await opened;
    expect(incident.context.eventLog.state.branches.login?.opened).toEqual({
      tool: 'fly',
      command: 'fly auth login',
      terminal: null,
    });
    // Somebody logs in elsewhere.
    live.tools.cloud.update((cloud) => ({
      ...cloud,
      scenario: { ...cloud.scenario, login: { ...cloud.scenario.login, state: 'valid' } },
    }));
    await incident.settled();
    expect(next(incident)).toMatchObject({ kind: 'do', intent: { kind: 'run-reads' } });
  });

  it('can be left: the step goes on without, and nobody is asked any more', async () => {
    const live = await story(fakeTerminal(false));
    expire(live);
    const incident = await declareLive(live);
    await incident.captured();
    await take(incident, { kind: 'run-reads', stepId: stepsOf(incident).choose.id });
    await send(incident, { kind: 'log-in', here: false });
    await take(incident, { kind: 'skip-login', reason: 'by hand' });
    expect(incident.context.eventLog.state.branches.login).toBeNull();
    expect(next(incident)).toMatchObject({ kind: 'do', intent: { kind: 'run-reads' } });
  });
});

describe('the terminal of the platform', () => {
  it('is the first one that is installed, with the command as arguments', async () => {
    const { folder } = fakeTerminal(false);
    expect(await openTerminal(['/bin/true', 'auth', 'login'], { PATH: folder, DISPLAY: ':1' }, 'linux')).toBe(
      'x-terminal-emulator',
    );
    expect(await openTerminal(['/bin/true'], { PATH: folder }, 'linux')).toBeNull();
    expect(await openTerminal(['/bin/true'], { PATH: '/nowhere', DISPLAY: ':1' }, 'linux')).toBeNull();
  });
});
