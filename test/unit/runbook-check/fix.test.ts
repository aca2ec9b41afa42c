import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { checkRunbook } from '#shared/runbook-check/check-runbook.ts';
import { correct } from '#shared/runbook-check/fix.ts';
import { diffHunks, unifiedDiff, withSameLineEnds } from '#shared/runbook-check/unified-diff.ts';

const fence = (...lines: readonly string[]): string => ['# Shop', '', '```bash', ...lines, '```', ''].join('\n');

function fix(text: string): ReturnType<typeof correct> {
  const { model, source } = parseRunbook(text, 'runbook.md');
  return correct(source, checkRunbook(model, source).findings);
}

describe('correct', () => {
  it.each([
    ['curl https://shop.example/health', 'curl -fsS --max-time 10 https://shop.example/health'],
    ['psql $DATABASE_URL -f fix.sql', 'psql -v ON_ERROR_STOP=1 -X "$DATABASE_URL" -f fix.sql'],
    ['curl -s https://shop.example/health', 'curl -fS --max-time 10 -s https://shop.example/health'],
    ['curl -sS -m 9 https://shop.example/health', 'curl -f -sS -m 9 https://shop.example/health'],
    ['fly logs -a shop --json', 'timeout 30 fly logs --no-tail -a shop --json'],
    ['fly apps restart -a shop', 'fly apps restart shop'],
    ['fly apps restart --app=shop', 'fly apps restart shop'],
    ['fly deploy -a shop --region iad', 'fly deploy -a shop --regions iad'],
    ['fly logs -a shop > kept.txt', 'timeout 30 fly logs --no-tail -a shop > kept.txt'],
    ['fly releases -a shop | head -5', 'fly releases -a shop --json'],
    ['fly releases -a shop | head -5 > kept.txt', 'fly releases -a shop | head -5 > kept.txt'],
    ['supabase db migrations list', 'supabase migration list --linked'],
    ['supabase db list-backups', 'supabase backups list'],
    ['fly releases rollback v9 -a shop', 'fly releases rollback v9 -a shop'],
    ['curl -f https://$SHOP.example/$PAGE || exit 1', 'curl --max-time 10 -f "https://$SHOP.example/$PAGE" || exit 1'],
  ])('%s', (before, after) => {
    expect(fix(fence(before)).text).toBe(fence(after));
  });

  it.each([
    'curl -s https://shop.example/health',
    'fly logs -a shop --json',
    'fly logs -a shop > kept.txt',
    'psql -X "$DATABASE_URL" --single-transaction -f fix.sql',
    'psql -X "$DATABASE_URL" -f fix.sql',
  ])('writes what the advice says: %s', (text) => {
    const { model, source } = parseRunbook(fence(text), 'runbook.md');
    const said = checkRunbook(model, source).findings.find(({ edits }) => edits !== undefined)?.fix ?? '';
    expect(fix(fence(text)).text).toBe(fence(said.replace(/ {3}#.*$/, '')));
  });

  it('takes a line out that repeats what the one before did', () => {
    expect(fix(fence('fly secrets set A=1 -a shop', '', '# So that it is seen', 'fly apps restart shop')).text).toBe(
      fence('fly secrets set A=1 -a shop', '', '# So that it is seen'),
    );
  });

  it('corrects inside lists and quotes without touching what stands around', () => {
    const text =
      '# Shop\n\n1. **Look**\n   ```bash\n   # first\n   curl https://shop.example/health\n   ```\n\n> ```sh\n> fly apps restart -a shop\n> ```\n';
    expect(fix(text).text).toBe(
      text.replace('curl ', 'curl -fsS --max-time 10 ').replace('restart -a shop', 'restart shop'),
    );
  });

  it('leaves nothing it could correct, names a source for each correction, and makes no new error', () => {
    const text = readFileSync(
      fileURLToPath(new URL('../../fixtures/runbook-check/stale-commands.md', import.meta.url)),
      'utf8',
    );
    const { text: corrected, applied } = fix(text);
    expect(applied.length).toBeGreaterThan(8);
    expect(applied.filter(({ source }) => source === undefined)).toEqual([]);
    const before = parseRunbook(text, 'a.md');
    const after = parseRunbook(corrected, 'b.md');
    const errors = ({ model, source }: typeof before): number => checkRunbook(model, source).summary.error;
    expect(errors(after)).toBeLessThan(errors(before));
    expect(fix(corrected).applied.map(({ rule, command }) => [rule, command])).toEqual([]);
  });
});

describe('unifiedDiff', () => {
  it('prints hunks as diff -u does', () => {
    const before = 'a\nb\nc\nd\ne\nf\ng\nh\n';
    expect(unifiedDiff(before, before.replace('e\n', 'E\nE2\n'), { from: 'a/x', to: 'b/x' })).toBe(
      '--- a/x\n+++ b/x\n@@ -2,7 +2,8 @@\n b\n c\n d\n-e\n+E\n+E2\n f\n g\n h\n',
    );
  });

  it('is empty for the same text, and tells a missing last line end', () => {
    expect(unifiedDiff('a\n', 'a\n', { from: 'x', to: 'y' })).toBe('');
    expect(unifiedDiff('a', 'a\n', { from: 'x', to: 'y' })).toContain('\\ No newline at end of file');
  });

  it('holds all of both texts, whatever they are', () => {
    const text = fc
      .array(fc.constantFrom('a', 'b', 'c', ''), { maxLength: 12 })
      .map((lines) => lines.map((l) => `${l}\n`).join(''));
    fc.assert(
      fc.property(text, text, (before, after) => {
        const diff = unifiedDiff(before, after, { from: 'x', to: 'y' });
        expect(diff === '').toBe(before === after);
        expect(patched(before, diff)).toBe(after);
      }),
    );
  });
});

describe('texts that differ in very many lines', () => {
  const numbered = (word: string, count: number): string =>
    Array.from({ length: count }, (_each, index) => `${word} ${index}\n`).join('');

  it('are told as one stretch that was replaced, and the diff still leads from one to the other', () => {
    const [before, after] = [`top\n${numbered('a', 1_200)}end\n`, `top\n${numbered('b', 900)}end\n`];
    const hunks = diffHunks(before, after);
    expect(hunks).toHaveLength(1);
    expect(hunks[0]?.at(0)).toEqual({ kind: ' ', text: 'top', before: 1, after: 1 });
    expect(hunks[0]?.at(-1)).toEqual({ kind: ' ', text: 'end', before: 1_202, after: 902 });
    expect(patched(before, unifiedDiff(before, after, { from: 'x', to: 'y' }))).toBe(after);
  });

  it('are compared without their line ends where one has others, which is said', () => {
    const text = numbered('a', 100);
    const windows = text.replaceAll('\n', '\r\n').replace('a 7\r', 'b 7\r');
    const { before, after, changed } = withSameLineEnds(text, windows);
    expect(changed).toBe('Line ends changed: 0 of 100 lines ended with CRLF, now 100 of 100 do.');
    expect(
      diffHunks(before, after)
        .flat()
        .filter(({ kind }) => kind !== ' '),
    ).toHaveLength(2);
  });

  it('keep one line end that differs in view', () => {
    const text = numbered('a', 10);
    const { before, after, changed } = withSameLineEnds(
      text.replaceAll('\n', '\r\n'),
      text.replaceAll('\n', '\r\n').replace('a 3\r', 'a 3'),
    );
    expect(changed).toBe('Line ends changed: 10 of 10 lines ended with CRLF, now 9 of 10 do.');
    expect(before).toBe(after);
  });
});

/** Applies a diff the simple way: lines outside the hunks stay. */
function patched(before: string, diff: string): string {
  const lines = before.split('\n').slice(0, -1);
  const done: string[] = [];
  let at = 0;
  for (const hunk of diff.split(/^@@ /m).slice(1)) {
    const [head = '', ...body] = hunk.split('\n').slice(0, -1);
    const [, start = '0', count] = /^-(\d+)(?:,(\d+))?/.exec(head) ?? [];
    const from = Number(start) - (count === '0' ? 0 : 1);
    done.push(...lines.slice(at, from));
    at = from + body.filter((line) => !line.startsWith('+')).length;
    done.push(...body.filter((line) => !line.startsWith('-')).map((line) => line.slice(1)));
  }
  return [...done, ...lines.slice(at)].map((line) => `${line}\n`).join('');
}
