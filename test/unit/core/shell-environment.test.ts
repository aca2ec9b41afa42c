import { describe, expect, it, vi } from 'vitest';
import type { LoginEnvironment } from '#core/runner/login-shell.ts';
import { askedEnvironment } from '#core/runner/shell-environment.ts';
import type { Clock } from '#core/ports.ts';

/** Sleeps last until the test ends them. */
function stoppedClock() {
  const sleepers: (() => void)[] = [];
  const clock = {
    now: () => 0,
    monotonic: () => 0,
    sleep: () => new Promise<void>((resolve) => void sleepers.push(resolve)),
  } as Clock;
  return { clock, pass: () => sleepers.splice(0).forEach((wake) => wake()) };
}

const answer = (path: string): LoginEnvironment => ({
  variables: { PATH: path, FLY_APP: 'wrong', TOKEN: 't' },
  from: 'login-shell',
  problem: null,
});
const failure: LoginEnvironment = { variables: { PATH: '/bin' }, from: 'inherited', problem: 'it hangs' };

describe('the variables of a desktop app', () => {
  it('are those of the login shell when it answers in time', async () => {
    const learn = vi.fn<(source: object) => void>();
    const { environment, view, source } = await askedEnvironment({
      clock: stoppedClock().clock,
      inherited: { PATH: '/bin', SHELL: '/bin/zsh', OLD: 'x' },
      learn,
      ask: () => Promise.resolve(answer('/own:/bin')),
    });
    expect(environment).toMatchObject({ PATH: '/own:/bin', TOKEN: 't' });
    expect(environment).not.toHaveProperty('FLY_APP');
    expect(environment).not.toHaveProperty('OLD');
    expect(source['FLY_APP']).toBe('wrong');
    expect(learn).toHaveBeenCalledWith(source);
    expect(view()).toEqual({ shell: '/bin/zsh', state: 'read', problem: null });
  });

  it('come later from a slow shell, to those who hold them already, and that it waits is said', async () => {
    const slow = Promise.withResolvers<LoginEnvironment>();
    const { clock, pass } = stoppedClock();
    const opening = askedEnvironment({
      clock,
      inherited: { PATH: '/bin', SHELL: '/bin/zsh' },
      learn: () => undefined,
      ask: () => slow.promise,
    });
    pass();
    const shell = await opening;
    const { environment } = shell;
    expect(environment['PATH']).toBe('/bin');
    expect(shell.view()?.state).toBe('asking');
    slow.resolve(answer('/own:/bin'));
    await shell.refresh();
    expect(environment['PATH']).toBe('/own:/bin');
    expect(shell.view()).toMatchObject({ state: 'read', problem: null });
  });

  it('can be asked for again; a failure takes nothing away', async () => {
    const answers = [failure, answer('/own:/bin'), failure];
    const shell = await askedEnvironment({
      clock: stoppedClock().clock,
      inherited: { PATH: '/bin', SHELL: '/bin/zsh' },
      learn: () => undefined,
      ask: () => Promise.resolve(answers.shift() ?? failure),
    });
    expect(shell.view()).toEqual({ shell: '/bin/zsh', state: 'failed', problem: 'it hangs' });
    await shell.refresh();
    expect(shell.view()).toMatchObject({ state: 'read', problem: null });
    await shell.refresh();
    expect(shell.view()).toMatchObject({ state: 'failed', problem: 'it hangs' });
    expect(shell.environment['PATH']).toBe('/own:/bin');
  });
});
