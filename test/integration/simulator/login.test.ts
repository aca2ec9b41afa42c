/** In a simulated drill no terminal opens: the login runs at once, as if the person had signed in. */
import { describe, expect, it } from 'vitest';
import { code, drill } from './drill.ts';

describe('the login of a simulated tool', () => {
  it('fails as an ordinary command, and works when it is opened as a login', async () => {
    const { adapter, run } = await drill('login-expired');
    const whoami = async () => (await run('fly', ['auth', 'whoami'])).exit;
    expect(await whoami()).toEqual(code(1));
    expect((await run('fly', ['auth', 'login'])).stderr).toContain('requires an interactive terminal');
    expect(await whoami()).toEqual(code(1));
    expect(await adapter.openLogin(['simulated:fly', 'auth', 'login'], {})).toBe('the drill');
    await adapter.clock.sleep(60_000);
    expect(await whoami()).toEqual(code(0));
  });
});
