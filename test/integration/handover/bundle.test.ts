import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { canonical } from '#shared/incident/canonical-json.ts';
import { sha256 } from '#core/store/sha256.ts';
import { dataFolder, virtualCore } from '../../fixtures/data-folder.ts';
import { begun, GO_ON, rewritten, WITHOUT } from '../../fixtures/handover-story.ts';

describe('a long output', () => {
  it('takes a long output in its parts, and knows them by the one hash of the timeline', async () => {
    const { core, id, incident, handovers } = await begun();
    const given = await handovers.give(id, WITHOUT, 'ann');
    const whole = await virtualCore();
    await whole.services.handovers.take(rewritten(given.path, inTwoParts()), GO_ON, 'bo');
    const [runId = ''] = [...incident.context.eventLog.state.runs.keys()];
    const output = join('outputs', `${runId}.log`);
    const path = join(whole.services.store.folder, output);
    const joined = Buffer.concat([readFileSync(path), readFileSync(`${path}.000000000001`)]);
    expect(joined).toEqual(readFileSync(join(core.services.store.folder, output)));

    const forged = await virtualCore();
    await expect(
      forged.services.handovers.take(rewritten(given.path, inTwoParts('o 1 forged\n')), GO_ON, 'bo'),
    ).rejects.toMatchObject({
      code: 'unreadable-file',
      message: expect.stringContaining('its timeline knows') as string,
    });
  });
});

describe('a bundle of version 1', () => {
  it('is taken; what it says of runs and evidence beside its events is passed over', async () => {
    const { id, handovers } = await begun();
    const { path } = await handovers.give(id, WITHOUT, 'ann');
    const asVersion1 = rewritten(path, ([header = '', ...lines]) => [
      header.replace('"version":2', '"version":1'),
      '{"run":{"runId":"r","stepId":"s","commandId":"c","state":"running","output":null}}',
      '{"evidence":{"id":"e","runId":null,"title":"Logs","path":"outputs/e.log","bytes":1,"sha256":"","partial":false,"at":1}}',
      ...lines,
    ]);
    const there = await virtualCore();
    await there.services.handovers.take(asVersion1, GO_ON, 'bo');
    expect(there.services.store.verify(id)).toMatchObject({ ok: true });
  });
});

describe('a bundle that is not as it was written is refused, and says why', () => {
  const refusal = async (damage: (path: string) => string): Promise<string> => {
    const { id, handovers } = await begun();
    const given = await handovers.give(id, WITHOUT, 'ann');
    const there = await virtualCore();
    const problem = await there.services.handovers.take(damage(given.path), GO_ON, 'bo').then(
      () => null,
      (thrown: Error & { code: string }) => thrown,
    );
    expect(problem).toMatchObject({ code: 'unreadable-file' });
    expect(there.services.store.list()).toEqual([]);
    return problem?.message ?? '';
  };
  const edit = (change: (text: string) => string) => (path: string) => {
    const other = join(dataFolder(), 'other.rollbook');
    writeFileSync(other, change(readFileSync(path, 'utf8')));
    return other;
  };
  const dropping = (fits: (line: string) => boolean) => (path: string) =>
    rewritten(path, (lines) => lines.filter((line) => !fits(line)));

  it.each<[string, (path: string) => string, RegExp]>([
    ['no bundle', edit(() => '# A report'), /no handover bundle/],
    ['cut off', edit((text) => text.slice(0, -400)), /cut off/],
    ['cut off at a line', edit((text) => text.split('\n').slice(0, -2).join('\n')), /the end is missing/],
    ['one letter changed', edit((text) => text.replace('"actor":"ann"', '"actor":"eve"')), /hash its end names/],
    ['a newer one', edit((text) => text.replace('"version":2', '"version":3')), /newer Rollbook: bundle version 3/],
    [
      'an event rewritten',
      (path) => rewritten(path, (lines) => lines.map((line) => line.replace('"actor":"ann"', '"actor":"eve"'))),
      /timeline does not verify/,
    ],
    ['an event left out', dropping((line) => line.includes('"seq":3,')), /Event 3 is missing/],
    [
      'no handover at its end',
      dropping((line) => line.includes('"kind":"handover.given"')),
      /does not end with the handover/,
    ],
    [
      'an output changed',
      (path) =>
        rewritten(path, (lines) => {
          const at = lines.findIndex((line) => line.startsWith('{"bytes"'));
          const { bytes } = JSON.parse(lines[at] ?? '') as { bytes: string };
          const changed = Buffer.from(bytes, 'base64').fill(120, 0, 1).toString('base64');
          return lines.with(at, JSON.stringify({ bytes: changed }));
        }),
      /was changed/,
    ],
    [
      'a file outside of the outputs',
      (path) =>
        rewritten(path, (lines) => lines.map((line) => line.replace('"path":"outputs/', '"path":"../outputs/'))),
      /is not one of a bundle/,
    ],
    [
      'a text under the hash of another one',
      (path) =>
        rewritten(path, (lines) => lines.map((line) => (line.startsWith('{"runbook":{') ? longer(line) : line))),
      /the text of its runbook is not the one that its hash names/,
    ],
    [
      'a command that the runbook does not have',
      (path) => rewritten(path, (lines) => lines.map((line) => (line.startsWith('{"runbook":{') ? evil(line) : line))),
      /not what its text says/,
    ],
  ])('%s', async (_name, damage, why) => {
    expect(await refusal(damage)).toMatch(why);
  });
});

/** The text has one more line, which does not change what runs. */
function longer(line: string): string {
  const { runbook } = JSON.parse(line) as { runbook: { source: string } };
  return JSON.stringify({ runbook: { ...runbook, source: `${runbook.source}\n` } });
}

/** The model runs something else, with a matching hash. */
function evil(line: string): string {
  const { runbook } = JSON.parse(line) as {
    runbook: { hash: string; modelVersion: number; modelHash: string; model: { procedures: { title: string }[] } };
  };
  const model = JSON.parse(JSON.stringify(runbook.model).replaceAll('fly releases', 'rm -rf')) as typeof runbook.model;
  const modelHash = sha256(`${runbook.hash}\n${runbook.modelVersion}\n${canonical(model)}`);
  return JSON.stringify({ runbook: { ...runbook, model, modelHash } });
}

/** Splits the output of the first run into two files, as an output over 16 MB is. Adds `more` to the second one. */
const inTwoParts =
  (more = '') =>
  (lines: string[]): string[] => {
    const intended = lines.find((line) => line.includes('"kind":"run.intended"')) ?? '';
    const runId = /"runId":"(\w+)"/.exec(intended)?.[1] ?? '';
    const path = `outputs/${runId}.log`;
    const at = lines.findIndex((line) => line.startsWith('{"file"') && line.includes(path));
    const bytes = Buffer.from((JSON.parse(lines[at + 1] ?? '') as { bytes: string }).bytes, 'base64');
    const cut = bytes.indexOf(10) + 1;
    const file = (name: string, part: Buffer): string[] => [
      JSON.stringify({
        file: { path: name, bytes: part.length, sha256: createHash('sha256').update(part).digest('hex') },
      }),
      JSON.stringify({ bytes: part.toString('base64') }),
    ];
    const tail = Buffer.concat([bytes.subarray(cut), Buffer.from(more)]);
    return lines.toSpliced(at, 2, ...file(path, bytes.subarray(0, cut)), ...file(`${path}.000000000001`, tail));
  };
