/** The JSON in what a command printed, whatever else it printed. */
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { parseReleases } from '#shared/platforms/fly/releases.ts';
import { parseStatus } from '#shared/platforms/fly/status.ts';
import { readJsonOutput } from '#shared/platforms/json-output.ts';

const RELEASE = '{"Version":9,"Status":"complete","CreatedAt":"2026-11-29T04:31:30Z"}';
const APP = '{"Name":"shop-api","Machines":null}';
const ESC = '\u001b';

describe('a JSON document', () => {
  it.each([
    ['behind warnings that begin with a bracket', `${'[1/30] waiting\n[notice] new\n'.repeat(30)}[${RELEASE}]`],
    ['behind a warning on the same line', `WARN the cache is old [${RELEASE}]`],
    ['behind a warning that is JSON itself', `{"level":"warn","msg":"old"}\n[${RELEASE}]`],
    ['before a line that ends with a bracket', `[${RELEASE}]\nWARN metrics were not sent [retry]\n`],
    ['between colors', `${ESC}[2m[${RELEASE}]${ESC}[0m\n`],
    ['behind a byte order mark, with the line ends of Windows', `\uFEFF[\r\n${RELEASE}\r\n]\r\n`],
  ])('is found %s', (_where, text) => {
    expect(parseReleases(text).map(({ version }) => version)).toEqual([9]);
  });

  it('is never one inside another', () => {
    const inner = z.object({ Name: z.string() });
    expect(() => readJsonOutput('x', `[\n  ${APP}\n]\n`, inner)).toThrow('another shape');
    expect(() => readJsonOutput('x', `note\n[\n  ${APP}\n]\n`, inner)).toThrow('another shape');
  });

  it('that was cut is none', () => {
    expect(() => parseReleases(`[\n  ${RELEASE},\n  {"Version":8,`)).toThrow('releases');
    expect(() => parseStatus('{"Name":"shop-api"')).toThrow('did not print JSON');
  });
});

describe('fields that Fly left out', () => {
  it('of a release make it one that is never proposed', () => {
    const [release] = parseReleases('[{"Version":9,"CreatedAt":"2026-11-29T04:31:30Z","User":{}}]');
    expect(release).toMatchObject({ status: '', imageRef: '', user: '' });
  });

  it('of a check do not make it a passing one', () => {
    const text =
      '{"Name":"a","Machines":[{"id":"m","state":"started","checks":[{"name":"http"}],"config":{"metadata":{"a":null}}}]}';
    expect(parseStatus(text).machines[0]).toMatchObject({ group: 'app', checks: [{ name: 'http', status: '' }] });
  });

  it('of the machines themselves are no reading: nothing was seen', () => {
    expect(() => parseStatus('{"Name":"shop-api"}')).toThrow('Machines');
  });
});
