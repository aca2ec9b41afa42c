/** Every call of the API, through the bridges of both hosts: the same arguments get the same answer. */
import { type CallName, CALLS } from '#shared/api/calls.ts';
import type { ErrorCode, Result } from '#shared/api/result.ts';
import { expect, test } from '../shell-test.ts';
import { ROWS, type Row } from './call-rows.ts';
import { type Stage, stageOf } from './stage.ts';

let desktop: Stage;
let loopback: Stage;

test.beforeAll(async ({ hosts }) => {
  [desktop, loopback] = await Promise.all([stageOf(hosts.desktop), stageOf(hosts.loopback)]);
});

/** Replaces every number. */
const NUMBER = '#';

/** Parts of an answer that differ from one Rollbook to the next. */
const VARYING: readonly (readonly [what: RegExp, name: string])[] = [
  [/[0-9A-HJKMNP-TV-Z]{26}/g, '<id>'],
  [/\b[0-9a-f]{64}\b/g, '<hash>'],
  // A handover's file name ends with the end of its id.
  [/-[0-9A-Z]{6}\.rollbook/g, '-<id>.rollbook'],
  [/\d+/g, NUMBER],
];

/** An answer without ids, times, sizes, hashes and the path of `folder`, which differ between the hosts. */
function withoutVarying(answer: unknown, folder: string): unknown {
  if (typeof answer === 'number') return NUMBER;
  if (typeof answer === 'string')
    return VARYING.reduce((text, [what, name]) => text.replace(what, name), answer.replaceAll(folder, '<folder>'));
  if (Array.isArray(answer)) return answer.map((item) => withoutVarying(item, folder));
  if (typeof answer !== 'object' || answer === null) return answer;
  return Object.fromEntries(
    Object.entries(answer).map(([name, value]) => [
      withoutVarying(name, folder),
      // Unknown for a process that ended before it could be read.
      name === 'startTime' ? '<time>' : withoutVarying(value, folder),
    ]),
  );
}

const outcome = (refused?: ErrorCode): Record<string, unknown> =>
  refused === undefined ? { ok: true } : { ok: false, error: { code: refused } };

/** Invalid arguments: none at all, and each field replaced by a list in a list, which no call takes. */
const wrong = (args: object): readonly unknown[] => [
  'not an object',
  ...Object.keys(args).map((field) => ({ ...args, [field]: [[]] })),
];

for (const name of Object.keys(CALLS) as CallName[]) {
  const row = ROWS[name] as Row<CallName>;
  const ask = (stage: Stage, args: unknown): Promise<Result<unknown>> => stage.window.call(name, args as never);

  test(`${name} gets the same answer on both hosts`, async () => {
    const [here, there] = await Promise.all(
      [desktop, loopback].map(async (stage) => ask(stage, await row.args(stage))),
    );
    expect(there).toMatchObject(outcome(row.refused));
    if (there?.ok === true) CALLS[name].result.parse(there.value);
    if (row.refusedOnDesktop !== undefined) return expect(here).toMatchObject(outcome(row.refusedOnDesktop));
    const expected =
      there?.ok === true ? { ...there, value: row.onDesktop?.(there.value as never) ?? there.value } : there;
    expect(withoutVarying(here, desktop.folder)).toEqual(withoutVarying(expected, loopback.folder));
  });

  test(`${name} refuses invalid arguments on both hosts`, async () => {
    const all = wrong(await row.args(desktop));
    const answers = (stage: Stage) => Promise.all(all.map((args) => ask(stage, args)));
    const [here, there] = await Promise.all([answers(desktop), answers(loopback)]);
    for (const answer of here) expect(answer).toMatchObject(outcome('bad-arguments'));
    expect(here).toEqual(there);
  });
}

test('a call that is not in the API is refused on both hosts', async () => {
  const [here, there] = await Promise.all(
    [desktop, loopback].map(({ window }) => window.call('incident.delete' as CallName, {})),
  );
  expect(here).toMatchObject(outcome('unknown-call'));
  expect(here).toEqual(there);
});
