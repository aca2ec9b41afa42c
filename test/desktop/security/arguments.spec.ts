import { CALLS } from '#shared/api/calls.ts';
import { expect, test } from '../shell-test.ts';
import { refusedArguments } from './hostile-arguments.ts';

interface Answer {
  readonly ok: boolean;
  readonly error?: { readonly code: string; readonly message: string };
}

/** Makes the calls through the page's bridge, and answers a summary of each result. */
function callAll({ name, all }: { readonly name: unknown; readonly all: readonly unknown[] }): Promise<string[]> {
  const { rollbook } = globalThis as unknown as { rollbook: { call: (...args: unknown[]) => Promise<Answer> } };
  return Promise.all(
    all.map(async (args) => {
      const { ok, error } = await rollbook.call(name, args);
      return ok ? 'taken' : `${error?.code}${(error?.message.length ?? 0) > 1_000 ? ' with an endless message' : ''}`;
    }),
  );
}

for (const [name, { args }] of Object.entries(CALLS)) {
  test(`${name} refuses what its schema does not allow`, async ({ shell }) => {
    const all = refusedArguments(args);
    expect(all.length).toBeGreaterThan(3);
    const page = await shell.window();
    const answers = await page.evaluate(callAll, { name, all });
    expect([...new Set(answers)]).toEqual(['bad-arguments']);
  });
}

test('a call that is not in the API is refused, whatever its name', async ({ shell }) => {
  const page = await shell.window();
  for (const name of ['', 'nothing', '__proto__', 'constructor', 'toString', 'hasOwnProperty', 'x'.repeat(1_000_000)]) {
    expect(await page.evaluate(callAll, { name, all: [{}] })).toEqual(['unknown-call']);
  }
  for (const name of [null, undefined, 7, {}, []]) {
    expect(await page.evaluate(callAll, { name, all: [{}] })).toEqual(['bad-arguments']);
  }
});

test('an argument of many megabytes is refused, and the app goes on', async ({ shell }) => {
  const page = await shell.window();
  const answers = await page.evaluate(async () => {
    const { rollbook } = globalThis as unknown as { rollbook: { call: (...args: unknown[]) => Promise<Answer> } };
    const large = 'x'.repeat(8 * 1024 * 1024);
    const found = [
      await rollbook.call('incident.open', { incidentId: large }),
      await rollbook.call('runbook.search', { hash: 'h', query: large }),
      await rollbook.call('app.info', {}),
    ];
    return found.map(({ ok, error }) => (ok ? 'taken' : error?.code));
  });
  expect(answers).toEqual(['bad-arguments', 'bad-arguments', 'taken']);
});

test('a value that cannot be sent gets an error as its answer', async ({ shell }) => {
  const page = await shell.window();
  const code = await page.evaluate(async () => {
    const { rollbook } = globalThis as unknown as { rollbook: { call: (...args: unknown[]) => Promise<Answer> } };
    const { error } = await rollbook.call('app.info', { toString: () => 'a function' });
    return error?.code;
  });
  expect(code).toBe('environment');
});
