import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findPlaceholders } from '#shared/runbook-check/placeholders.ts';
import { readCurl } from '#shared/runbook-check/curl.ts';
import { RULES } from '#shared/runbook-check/registry.ts';
import { readScript } from '#shared/runbook-check/script.ts';
import { inputOf } from './rule-input-of.ts';

const blanks = (text: string): readonly string[] => findPlaceholders(text).map((blank) => blank.text);

describe('findBlanks', () => {
  it.each([
    ['supabase db restore [backup-id]', ['[backup-id]']],
    ['fly deploy --image <image> -a <app name>', ['<image>', '<app name>']],
    ['fly releases rollback v[X]', ['[X]']],
    ['psql -c "select [column_name]"', ['[column_name]']],
    ['a "it is \\" [one-name]" [two-name]', ['[one-name]', '[two-name]']],
    ['echo hi # fill [in-this]', []],
    ['ls [a-z]* [abc]*.txt', []],
    ['sort <in.txt>out.txt', []],
    ['sort <in.txt> out.txt', []],
    ['npx playwright trace open <trace.zip>', ['<trace.zip>']],
    ['kubectl get <pod|deploy> <path/to/name>', ['<pod|deploy>', '<path/to/name>']],
    ['sort <in >out', []],
    ['cat <<EOF', []],
    ["jq '.[0]'", []],
    ['echo ${list[index]} ${x:-<none>}', []],
    ['map[key]=1', []],
  ])('%s', (text, expected) => {
    expect(blanks(text)).toEqual(expected);
  });
});

describe('readScript', () => {
  it('finds the calls behind wrappers, in pipes, loops and substitutions', () => {
    const { calls } = readScript(
      'for i in 1 2; do FLY_APP=x timeout -k 5 30 npx supabase db push; done\nX=$(fly logs -a y | head -5) &',
    );
    expect(
      calls.map(({ tool, wrappers, inLoop, background, pipesTo, assigns }) => ({
        tool,
        wrappers,
        inLoop,
        background,
        pipesTo,
        assigns,
      })),
    ).toEqual([
      {
        tool: 'supabase',
        wrappers: ['timeout', 'npx'],
        inLoop: true,
        background: false,
        pipesTo: null,
        assigns: ['FLY_APP'],
      },
      { tool: '', wrappers: [], inLoop: false, background: true, pipesTo: null, assigns: ['X'] },
      { tool: 'fly', wrappers: [], inLoop: false, background: true, pipesTo: 'head', assigns: [] },
      { tool: 'head', wrappers: [], inLoop: false, background: true, pipesTo: null, assigns: [] },
    ]);
  });

  it('keeps words around a blank in angle brackets', () => {
    const [call] = readScript('fly deploy --image <image> -a shop').calls;
    expect(call?.args.map(({ text, plain }) => [text, plain])).toEqual([
      ['deploy', true],
      ['--image', true],
      ['<image>', false],
      ['-a', true],
      ['shop', true],
    ]);
  });

  it('tells no calls of a text bash refuses', () => {
    expect(readScript('if fly logs; then').calls).toEqual([]);
  });
});

describe('readCurl', () => {
  it('reads letters that run together and values behind them', () => {
    const [call] = readScript(
      "curl -fsSm10 -o /dev/null -w '%{http_code}' --retry 3 https://shop.example/health",
    ).calls;
    if (call === undefined) throw new Error('no call');
    const { flags, urls, writeOut } = readCurl(call);
    expect([...flags]).toEqual(['-f', '-s', '-S', '-m', '-o', '-w', '--retry']);
    expect({ urls, writeOut }).toEqual({ urls: ['https://shop.example/health'], writeOut: '%{http_code}' });
  });
});

describe('any text', () => {
  const word = fc.constantFrom(
    ...[
      'fly',
      'supabase',
      'psql',
      'curl',
      'releases',
      'rollback',
      'db',
      'logs',
      '-a',
      '-f',
      '-c',
      '"',
      "'",
      '$X',
      '${',
      '$(',
      ')',
      '|',
      '||',
      '&&',
      ';',
      '\n',
      '<a>',
      '[b-c]',
      '[',
      '<',
      '>',
      '\\',
      'sleep',
      '#',
    ],
  );
  const shell = fc.oneof(
    fc.array(word, { maxLength: 20 }).map((words) => words.join(' ')),
    fc.string({ maxLength: 80 }),
  );

  it('is read without an error, and every problem lies inside it', () => {
    fc.assert(
      fc.property(shell, (text) => {
        for (const rule of RULES) {
          for (const { at } of rule.check(inputOf(text))) {
            expect(at.pos).toBeGreaterThanOrEqual(0);
            expect(at.end).toBeGreaterThan(at.pos);
            expect(at.end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('a text that is too much for the parser', () => {
  it.each([
    ['nested too deeply', `${'$('.repeat(4_000)}a${')'.repeat(4_000)}`],
    ['too long', 'a;'.repeat(20_000)],
  ])('has no calls, and does not throw: %s', (_what, text) => {
    expect(readScript(text).calls).toEqual([]);
  });
});
