import { describe, expect, it } from 'vitest';
import type { Step } from '#shared/runbook/model.ts';
import { gapsOf, parse } from './fixtures.ts';

const HEAD = '# R\n\n## Option 1: Undo\n\n';

function steps(markdown: string): readonly Step[] {
  return parse(HEAD + markdown).model.procedures[0]?.steps ?? [];
}

function gaps(markdown: string): readonly string[] {
  return gapsOf(parse(HEAD + markdown)).filter((gap) => !gap.startsWith('1 '));
}

describe('the steps of a procedure', () => {
  it('are called by their bold words, else by their first line, and numbered as written', () => {
    const [first, second, third] = steps(
      '3. **Look around**: carefully\n4. Then act.\n   Not before.\n5. ```bash\n   fly status\n   ```\n',
    );
    expect([first?.number, first?.title, first?.id]).toEqual(['3', 'Look around', 'undo/look-around']);
    expect([second?.number, second?.title]).toEqual(['4', 'Then act']);
    expect([third?.title, third?.id, third?.commands[0]?.id]).toEqual(['Step 5', 'undo/step-5', 'undo/step-5#1']);
  });

  it('take an explicit id, and stay apart when they are called the same', () => {
    const found = steps('1. Look\n   ```bash id=first-look\n   fly status\n   ```\n2. Look\n3. Look\n');
    expect(found.map(({ id }) => id)).toEqual(['undo/first-look', 'undo/look', 'undo/look-2']);
  });

  it('keep what is not indented under their number', () => {
    const found = steps('1. Look\n\n```bash\nfly status\n```\n\n- [ ] Seen\n\n2. Act\n\n```bash\nfly deploy\n```\n');
    expect(found.map(({ number, commands, checks }) => [number, commands.length, checks.length])).toEqual([
      ['1', 1, 1],
      ['2', 1, 0],
    ]);
  });

  it('are a check themselves when they can be ticked', () => {
    expect(steps('1. [ ] **Ring the bell** twice\n')[0]?.checks).toMatchObject([
      { id: 'undo/ring-the-bell#check-1', text: 'Ring the bell twice' },
    ]);
  });

  it('have the kind their fence says', () => {
    const found = steps(
      '1. a\n   ```bash step=choose-release\n   fly releases\n   ```\n2. b\n   ```bash watch=10m checkpoints=5m,2m,5m\n   fly status\n   ```\n3. c\n',
    );
    expect(found.map(({ kind, watch }) => [kind, watch])).toEqual([
      ['choose-release', null],
      ['watch', { minutes: 10, checkpoints: [2, 5] }],
      ['task', null],
    ]);
  });

  it('carry messages, by their title or by a hint, but no examples', () => {
    const found = steps(
      '1. Notify the users\n   ```\n   Closed\n   ```\n   ```text example\n   An example\n   ```\n2. Write it down\n   ```text message\n   Dear $SERVICE\n   ```\n   ```text\n   just text\n   ```\n',
    );
    expect(found.map(({ messages }) => messages.map(({ id, text }) => [id, text]))).toEqual([
      [['undo/notify-the-users#message-1', 'Closed']],
      [['undo/write-it-down#message-1', 'Dear $SERVICE']],
    ]);
  });

  it('may give their commands an effect, a usual time and a limit', () => {
    const [step] = steps('1. a\n   ```bash effect=read usual=2m timeout=90s\n   npm run look\n   fly deploy\n   ```\n');
    expect(step?.commands.map(({ effect, usualMs, timeoutMs }) => [effect, usualMs, timeoutMs])).toEqual([
      ['read', 120_000, 90_000],
      ['read', 120_000, 90_000],
    ]);
  });
});

describe('what does not fit in a step', () => {
  it.each([
    [
      'two kinds',
      '1. a\n   ```bash step=choose-release\n   fly status\n   ```\n   ```bash step=watch watch=5m\n   fly logs\n   ```\n',
      ['9 two-kinds'],
    ],
    ['a watch without a length', '1. a\n   ```bash step=watch\n   fly status\n   ```\n', ['6 watch-without-length']],
    [
      'a checkpoint behind the end',
      '1. a\n   ```bash watch=5m checkpoints=5m\n   fly status\n   ```\n',
      ['6 late-checkpoint'],
    ],
    ['an unknown hint', '1. a\n   ```bash retries=3\n   fly status\n   ```\n', ['6 unknown-hint']],
    ['a change nothing looks at', '1. a\n   ```bash\n   fly status\n   fly deploy\n   ```\n', ['8 no-post-condition']],
    ['an effect nobody knows', '1. a\n   ```bash\n   ./magic\n   ```\n', ['7 unknown-effect']],
    ['a variable nobody declares', '1. a\n   ```bash\n   fly status -a "$WHO" -t "$HOME"\n   ```\n', ['7 asked']],
    ['a blank', '1. a\n   ```bash\n   fly status -a [the app]\n   ```\n', ['7 asked']],
    ['what bash would refuse', '1. a\n   ```bash\n   fly status "\n   ```\n', ['7 unreadable-command']],
    ['no steps at all', 'Just do it.\n', ['3 no-steps']],
    ['commands without numbers', '```bash\nfly status\n```\n', ['3 no-numbers']],
  ])('%s', (_what, markdown, expected) => {
    expect(gaps(markdown)).toEqual(expected);
  });
});
