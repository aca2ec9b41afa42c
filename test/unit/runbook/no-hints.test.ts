import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { fixture, gapsOf, parse, reassembled } from './fixtures.ts';

describe('any Markdown found somewhere', () => {
  const parsed = parseRunbook(fixture('no-hints.md'), 'no-hints.md');
  const { model } = parsed;

  it('gives procedures of the sections that have commands', () => {
    expect(model.title).toBe('Restarting the mail relay');
    expect(
      model.procedures.map(({ id, steps }) => [
        id,
        steps.map(({ number, title, commands }) => [number, title, commands.map(({ text }) => text)]),
      ]),
    ).toEqual([
      [
        'check-first',
        [['1', 'Check first', ['kubectl -n mail get pods', 'kubectl -n mail logs deploy/relay --tail=50']]],
      ],
      [
        'undo-the-rollout',
        [
          [
            '1',
            'See which revisions exist',
            [
              'kubectl -n mail rollout history deploy/relay',
              'kubectl -n mail rollout history deploy/relay \\\n    --revision=3',
            ],
          ],
          ['2', 'Go back one revision', ['kubectl -n mail rollout undo deploy/relay']],
          ['3', 'Tell everybody in the channel', []],
        ],
      ],
    ]);
  });

  it('lists what is missing, each with its line', () => {
    expect(gapsOf(parsed)).toEqual([
      '1 no-matrix',
      '1 no-authority',
      '1 no-services',
      '6 no-numbers',
      '10 no-language',
      '28 unknown-hint',
      '29 no-post-condition',
    ]);
    expect(model.gaps.every(({ message, advice }) => message !== '' && advice !== '')).toBe(true);
    expect(model.gaps.find(({ code }) => code === 'unknown-hint')?.message).toContain('title=');
  });

  it('keeps raw HTML as text and loses nothing', () => {
    expect(reassembled(parsed)).toBe(parsed.source);
    expect(JSON.stringify(parsed.tree)).toContain('"type":"html"');
  });

  it('imports a file with nothing in it', () => {
    const empty = parse('');
    expect(empty.model.title).toBe('test.md');
    expect(gapsOf(empty)).toEqual(['1 no-title', '1 no-procedures', '1 no-matrix', '1 no-authority']);
    expect(empty.model.blocks).toEqual([]);
  });

  it('names the line of authority it did not understand, not the first line', () => {
    const { model: strange } = parse(
      '# A\n\n## Rollback authority\n\n- **SEV1**: on-call decides\n- **SEV2**: team lead\n',
    );
    expect(strange.gaps.filter(({ code }) => code.includes('authority'))).toMatchObject([
      { line: 5, code: 'authority-not-understood', message: expect.stringContaining('on-call decides') as string },
    ]);
    const only = parse('# A\n\n## Rollback authority\n\n**SEV1**: on-call decides\n');
    expect(gapsOf(only).filter((each) => each.includes('authority'))).toEqual(['5 authority-not-understood']);
  });

  it('names the line of a variable and of a blank in a fence of several statements', () => {
    const script =
      '# A\n\n## Option 1: Go\n\n1. **Go**\n   ```bash\n   cd app\n   fly status -a $APP\n   fly logs -a [service]\n   ```\n';
    expect(gapsOf(parse(script))).toEqual(expect.arrayContaining(['8 asked', '9 asked']));
  });

  it('takes numbered headings for steps', () => {
    const { model: headed } = parse(
      '# Undo\n\n## Procedure: Undo it\n\n### Step 1: Look\n\n```bash\nfly status\n```\n\n### 2. Act\n\n```bash\nfly deploy\n```\n',
    );
    expect(
      headed.procedures.map(({ id, steps }) => [
        id,
        steps.map(({ number, title, commands }) => [number, title, commands.length]),
      ]),
    ).toEqual([
      [
        'undo-it',
        [
          ['1', 'Look', 1],
          ['2', 'Act', 1],
        ],
      ],
    ]);
  });

  it('reads a matrix with other words for its columns and grades', () => {
    const { model: other } = parse(
      '# R\n\n| Sev | Symptom | Response | Deadline |\n|-|-|-|-|\n| SEV1 | Down | Revert | 1 h 30 min |\n| low | Ugly | None | 10-15 min |\n| ? | Odd | Revert | soon |\n\n## Option 1: Revert the app\n\n1. Look\n',
    );
    expect(other.matrix.rows.map(({ severity, target, procedures }) => [severity, target.ms, procedures])).toEqual([
      ['P0', 5_400_000, ['revert-the-app']],
      ['P3', 900_000, []],
      ['P0', null, ['revert-the-app']],
    ]);
    expect(other.gaps.filter(({ line }) => line === 7).map(({ code }) => code)).toEqual([
      'unknown-severity',
      'no-clock',
    ]);
  });

  it('gives each of two headings of the same name its own id', () => {
    const { model: twins } = parse('# A\n\n## B\n\n### Steps\n\n## C\n\n### Steps\n\n### Steps\n');
    expect(twins.sections.map(({ id }) => id)).toEqual(['a', 'b', 'steps', 'c', 'c-steps', 'c-steps-2']);
  });
});
