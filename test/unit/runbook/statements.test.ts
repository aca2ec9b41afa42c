import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readStatements } from '#shared/runbook/parser/statements.ts';
import { prepareCommand } from '#core/engine/prepare-run.ts';

const summary = (text: string): readonly (readonly string[])[] =>
  readStatements(text).statements.map(({ form, effect, tool, text: written }) => [form, effect, tool, written]);

describe('the text of a shell fence', () => {
  it('is one command for each statement, comments left out', () => {
    expect(summary('# look\nfly status -a web # now\n\nfly deploy \\\n  --image "$IMAGE"; git log\n')).toEqual([
      ['words', 'read', 'fly', 'fly status -a web'],
      ['words', 'change', 'fly', 'fly deploy \\\n  --image "$IMAGE"'],
      ['words', 'read', 'git', 'git log'],
    ]);
    expect(summary('# nothing but a comment')).toEqual([]);
  });

  it.each([
    'fly releases | head -5',
    'fly logs > out.txt',
    'TOKEN=x fly status',
    'fly status && echo ok',
    'fly status -a $(cat app)',
    'fly status -a ${APP:-web}',
    'ls *.sql',
    'ls ~/x',
    'fly deploy &',
    'echo {a,b}',
    'fly status -a "$1"',
    'fly status <in.txt',
  ])('needs bash: %s', (text) => {
    expect(readStatements(text).statements.map(({ form, text: written }) => [form, written])).toEqual([
      ['script', text],
    ]);
  });

  it.each([
    'psql $URL -c "select 1"',
    "curl -w '%{http_code}' https://x.org/${A}/b=1",
    'fly secrets set A=b',
    'git checkout [tag-name]',
  ])('is plain words: %s', (text) => {
    expect(readStatements(text).statements.map(({ form }) => form)).toEqual(['words']);
  });

  it.each([
    'set -e\nfly deploy',
    'APP=web\nfly status -a "$APP"',
    'cd /srv\nmake',
    'if true; then\n  fly deploy\nfi\nfly status',
    'f() { ls; }\nf',
  ])('is one script when a statement depends on the one before: %j', (text) => {
    expect(readStatements(text).statements.map(({ form, text: written }) => [form, written])).toEqual([
      ['script', text],
    ]);
  });

  it('takes a here-document with its body', () => {
    const text = 'psql "$DB" <<\'SQL\'\nselect 1;\nSQL\nfly status';
    expect(summary(text).map(([, , , written]) => written)).toEqual([text.slice(0, -11), 'fly status']);
  });

  it('names the variables it reads, not those it sets', () => {
    expect(
      readStatements('A=1\nfly status -a "$A" -c ${CONFIG} -t "x$TOKEN" "$(cat $FILE)" $1 $?').statements[0]?.variables,
    ).toEqual(['CONFIG', 'TOKEN', 'FILE']);
  });

  it('reads substitutions in substitutions, but not very many: each is read again for those around it', () => {
    const nested = (depth: number) => `fly status ${'$(fly status '.repeat(depth)}${')'.repeat(depth)}`;
    expect(readStatements(nested(10)).error).toBeNull();
    expect(readStatements(nested(60)).error?.message).toContain('nested too deeply');
  });

  it('says what bash would refuse, and keeps the text', () => {
    const { statements, error } = readStatements('fly status\nif true; then\n');
    expect(error?.message).toContain('expected');
    expect(statements).toMatchObject([{ text: 'fly status\nif true; then', form: 'script' }]);
  });

  it('never throws and never invents text', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom(...Array.from('ab $"\'`(){}[]<>|&;#\n\\=-')) })),
        (text) => {
          for (const { start, end, text: written } of readStatements(text).statements)
            expect(text.slice(start, end)).toBe(written);
        },
      ),
      { numRuns: 2000 },
    );
  });
});

it('a text nested too deeply is one script of unknown effect, and is not run', () => {
  const text = `${'$('.repeat(4_000)}a${')'.repeat(4_000)}`;
  const { statements, error } = readStatements(text);
  expect(statements).toMatchObject([{ text, form: 'script', effect: 'unknown' }]);
  expect(error?.message).toBe('The code block cannot be read as commands: it is nested too deeply.');
  expect(() => prepareCommand({ text, form: 'script', line: 7 }, {})).toThrow(
    'The command in line 7 cannot be run from here: it is nested too deeply.',
  );
});
