/** Titles typed by people reach the tray and notifications: hidden characters are shown, and secrets are removed. */
import { expect, test } from '../shell-test.ts';

const TOKEN = `ghp_${'a1B2'.repeat(9)}`;

test('texts outside of the window show hidden characters and no secrets', async ({ newStart }) => {
  const shell = await newStart()();
  const page = await shell.window();
  const told = (name: string): Promise<string> =>
    shell.evaluate(
      (_electron, name) =>
        JSON.stringify(
          (globalThis as never as { electronDoubleRecord: { name: string; args: unknown[] }[] }).electronDoubleRecord
            .filter((call) => call.name === name)
            .map(({ args }) => args),
        ),
      name,
    );
  const declared = await page.evaluate(async (title) => {
    const { rollbook } = globalThis as never as {
      rollbook: { call(name: string, args: unknown): Promise<{ ok: boolean; value: never }> };
    };
    const { value: runbooks } = (await rollbook.call('runbook.list', {})) as { value: { hash: string }[] };
    const runbook = runbooks[0]?.hash ?? '';
    const { value } = (await rollbook.call('runbook.open', { hash: runbook })) as {
      value: { model: { matrix: { rows: { line: number; severity: string }[] } } };
    };
    const row = value.model.matrix.rows[0];
    // Its target is missed at once, which causes a notification.
    const detectedAt = Date.now() - 3_600_000;
    const about = {
      severity: row?.severity,
      rowLine: row?.line,
      title,
      symptom: 'down',
      service: 'hotdash-agent-service',
      detectedAt,
    };
    return await rollbook.call('incident.declare', { intentId: '01J0000000HHHHHHHHHHHHHHHH', runbook, ...about });
  }, `a\u202eb\u200b ${TOKEN}`);
  expect(declared).toMatchObject({ ok: true });
  await expect.poll(() => told('Tray.setToolTip')).toContain('a⟨U+202E⟩b⟨U+200B⟩ [redacted]');
  await expect.poll(() => told('Notification.show')).toContain('a⟨U+202E⟩b⟨U+200B⟩ [redacted]');
  for (const name of ['Tray.setToolTip', 'Notification.show', 'Menu.buildFromTemplate']) {
    expect(await told(name)).not.toMatch(/\u202e|\u200b|ghp_/);
  }
});
