/** Every call of the contract through the bridges of both hosts: the same arguments, the same answer. */
import { type CallName, CALLS } from '#shared/contract/calls.ts';
import type { ErrorCode, Result } from '#shared/contract/result.ts';
import { expect, test } from '../shell-test.ts';
import { ROWS, type Row } from './rows.ts';
import { sameOnBoth } from './same-on-both.ts';
import { type Stage, stageOf } from './stage.ts';

let desktop: Stage;
let loopback: Stage;

test.beforeAll(async ({ hosts }) => {
  [desktop, loopback] = await Promise.all([stageOf(hosts.desktop), stageOf(hosts.loopback)]);
});

const outcome = (refused?: ErrorCode): Record<string, unknown> =>
  refused === undefined ? { ok: true } : { ok: false, error: { code: refused } };

/** The arguments as they are, and with each field of them made wrong: no field of a call takes a list in a list. */
const wrong = (args: object): readonly unknown[] => [
  'no object',
  ...Object.keys(args).map((field) => ({ ...args, [field]: [[]] })),
];

for (const name of Object.keys(CALLS) as CallName[]) {
  const row = ROWS[name] as Row<CallName>;
  const ask = (stage: Stage, args: unknown): Promise<Result<unknown>> => stage.window.call(name, args as never);

  test(`${name} is answered alike`, async () => {
    const [here, there] = await Promise.all(
      [desktop, loopback].map(async (stage) => ask(stage, await row.args(stage))),
    );
    expect(there).toMatchObject(outcome(row.refused));
    if (there?.ok === true) CALLS[name].result.parse(there.value);
    if (row.refusedOnDesktop !== undefined) return expect(here).toMatchObject(outcome(row.refusedOnDesktop));
    const expected =
      there?.ok === true ? { ...there, value: row.onDesktop?.(there.value as never) ?? there.value } : there;
    expect(sameOnBoth(here, desktop.folder)).toEqual(sameOnBoth(expected, loopback.folder));
  });

  test(`${name} refuses other arguments alike`, async () => {
    const all = wrong(await row.args(desktop));
    const answers = (stage: Stage) => Promise.all(all.map((args) => ask(stage, args)));
    const [here, there] = await Promise.all([answers(desktop), answers(loopback)]);
    for (const answer of here) expect(answer).toMatchObject(outcome('bad-arguments'));
    expect(here).toEqual(there);
  });
}

test('a call that is not in the contract is refused alike', async () => {
  const [here, there] = await Promise.all(
    [desktop, loopback].map(({ window }) => window.call('incident.delete' as CallName, {})),
  );
  expect(here).toMatchObject(outcome('unknown-call'));
  expect(here).toEqual(there);
});
