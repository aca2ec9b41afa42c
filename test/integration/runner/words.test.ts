import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { prepareCommand } from '#core/engine/prepare-run.ts';
import { expandWords, wordsOf } from '#shared/runbook/expand.ts';
import { parseShell } from '#shared/runbook/shell.ts';
import { shellQuote } from '#shared/runbook/shell-quote.ts';
import { newBench, SH } from './workbench.ts';

const PRINT_ARGUMENTS = 'process.stdout.write(JSON.stringify(process.argv.slice(1)))';
const NASTY = [
  'a b',
  '',
  '"',
  "'",
  '$(id)',
  '`id`',
  '$HOME',
  '${HOME}',
  'a\nb',
  '*',
  '~',
  '\\',
  ';rm -rf /',
  '--flag',
  '\u{1f680}',
  '-n',
  '!!',
  '|',
  '&&',
  '\t',
];
const value = fc
  .oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom(...NASTY),
    fc.array(fc.constantFrom(...NASTY)).map((parts) => parts.join('')),
  )
  .filter((text) => !text.includes('\0') && text.isWellFormed());

/** The arguments that a real process receives. */
async function argumentsOf(
  argv: readonly [string, ...string[]],
  env: Record<string, string> = {},
): Promise<readonly string[]> {
  const bench = newBench();
  const { process } = await bench.start('read', argv, { env });
  const chunks: Uint8Array[] = [];
  process.onChunk((stream, bytes) => stream === 'stdout' && chunks.push(bytes));
  expect(await process.exited).toEqual({ kind: 'code', code: 0 });
  return JSON.parse(Buffer.concat(chunks).toString()) as readonly string[];
}

describe('a command of words', () => {
  it('gives each variable to the process as exactly one argument, whatever it holds', async () => {
    await fc.assert(
      fc.asyncProperty(value, value, async (a, b) => {
        const args = expandWords('node $A "${B}" "x $A y" \'$A\' pre-${A}$B-post', { A: a, B: b }).slice(1);
        expect(args).toEqual([a, b, `x ${a} y`, '$A', `pre-${a}${b}-post`]);
        expect(await argumentsOf([process.execPath, '-e', PRINT_ARGUMENTS, '--', ...args])).toEqual(args);
      }),
      { numRuns: 15 },
    );
  });

  it('is read as bash reads it', async () => {
    const text = `node a\\ b "c\\"d\\$e" 'f"g' $'h\\ti' --k=v "x"y'z' https://h/?q=1 \\\n  last`;
    const args = expandWords(text, {}).slice(1);
    expect(
      await argumentsOf([
        '/bin/bash',
        '-c',
        `"$0" -e '${PRINT_ARGUMENTS}' -- ${text.slice('node '.length)}`.replace('"$0"', process.execPath),
      ]),
    ).toEqual(args);
  });

  it('names an unknown variable and its line', () => {
    const run = (): unknown => expandWords('fly deploy \\\n  -a $SERVICE \\\n  --image $IMAGE', { SERVICE: 'x' }, 40);
    expect(run).toThrow(
      expect.objectContaining({ code: 'unknown-variable', message: expect.stringMatching(/\$IMAGE in line 42/) }),
    );
    expect(() => expandWords('fly $toString', {})).toThrow(expect.objectContaining({ code: 'unknown-variable' }));
  });

  it('refuses a value no process can take, and a blank nobody filled', () => {
    expect(() => expandWords('x $A', { A: 'a\0b' })).toThrow(expect.objectContaining({ code: 'bad-arguments' }));
    expect(() => expandWords('x [backup-id]', {}, 7)).toThrow(
      expect.objectContaining({ message: expect.stringContaining('[backup-id]') }),
    );
  });

  it.each([
    'a | b',
    'a > f',
    'a; b',
    'a && b',
    'A=1 b',
    'a $(b)',
    'a `b`',
    'a &',
    'a ~/b',
    'a *.log',
    'a {b,c}',
    'a ${B:-c}',
    'a $1',
    'a <<< b',
    '! a',
    'if',
    'a "b',
    '',
  ])('leaves %s to bash', (text) => {
    expect(wordsOf(parseShell(text))).toBeNull();
  });

  it('is shown so that a shell reads the same arguments again', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(value, { maxLength: 4 }), async (args) => {
        const { shown } = prepareCommand(
          { text: 'node -e $P --', form: 'words', line: 1 },
          { P: PRINT_ARGUMENTS },
          args,
        );
        expect(await argumentsOf([SH, '-c', shown.replace('node', process.execPath)])).toEqual(args);
      }),
      { numRuns: 15 },
    );
  });
});

describe('a command that needs a shell', () => {
  it('gets its values in the environment and never in its text', async () => {
    await fc.assert(
      fc.asyncProperty(value, async (a) => {
        const text = 'printf "%s" "$A" | cat | "$NODE" -e "$P"';
        const read = 'process.stdout.write(JSON.stringify([require("fs").readFileSync(0,"utf8")]))';
        const prepared = prepareCommand(
          { text, form: 'script', line: 1 },
          { A: a, NODE: process.execPath, P: read, UNUSED: 'x' },
        );
        expect(prepared).toMatchObject({ tool: 'bash', args: ['-o', 'pipefail', '-c', text] });
        expect(Object.keys(prepared.environment).toSorted()).toEqual(['A', 'NODE', 'P']);
        expect(await argumentsOf(['/bin/bash', ...prepared.args], prepared.environment)).toEqual([a]);
      }),
      { numRuns: 15 },
    );
  });

  it('fails when a part of a pipe fails', async () => {
    const { args } = prepareCommand({ text: 'false | cat', form: 'script', line: 1 }, {});
    const { process } = await newBench().start('read', ['/bin/bash', ...args]);
    expect(await process.exited).toEqual({ kind: 'code', code: 1 });
  });

  it('is not begun with a name nobody knows', () => {
    const prepare = (text: string, environment = {}): unknown =>
      prepareCommand({ text, form: 'script', line: 5 }, {}, [], environment);
    expect(() => prepare('true\nfly apps destroy $APP | cat')).toThrow(
      expect.objectContaining({ code: 'unknown-variable', message: expect.stringMatching(/\$APP in line 6/) }),
    );
    expect(() => prepare('x=$(echo $Y); echo $x')).toThrow(
      expect.objectContaining({ message: expect.stringContaining('$Y') }),
    );
    for (const known of [
      'for i in 1 2; do echo $i; done',
      'x=1; echo $x',
      'read -r a b; echo $a $b',
      'echo ${X:-y}',
      'echo $? $$ $1 "$@"',
      'echo $RANDOM',
    ]) {
      expect(() => prepare(known)).not.toThrow();
    }
    expect(() => prepare('echo $HOME', { HOME: '/h' })).not.toThrow();
  });
});

describe('quoting', () => {
  it('leaves plain words plain', () => {
    expect(shellQuote(['fly', 'deploy', '--image', 'registry.fly.io/a:b@sha256', 'a b', "it's", ''])).toBe(
      `fly deploy --image registry.fly.io/a:b@sha256 'a b' 'it'\\''s' ''`,
    );
  });
});
