/** The runbook's own text in a terminal. */
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { proseText } from '#shared/runbook/prose-text.ts';

function text(...lines: string[]): string {
  const source = [
    '# Runbook',
    '',
    '## Procedure: Roll back',
    '',
    '1. **Go back**',
    ...lines.map((line) => `   ${line}`),
  ];
  return proseText(parseRunbook(source.join('\n'), 'text.md').model.procedures[0]?.steps[0]?.prose);
}

describe('the text of a step in a terminal', () => {
  it.each([
    ['marks left out, code kept', ['', 'Run *it* from **here**, with `--yes`.'], 'Run it from here, with `--yes`.'],
    [
      'a link with its address',
      ['', 'See [the status](https://status.example).'],
      'See the status (https://status.example).',
    ],
    ['a bare address once', ['', '<https://status.example>'], 'https://status.example'],
    ['a list in a list', ['- one', '  1. two', '  2. three', '- four'], '- one\n  1. two\n  2. three\n- four'],
    ['an example, indented', ['', '```text example', 'v10', '', 'v9', '```'], '    v10\n\n    v9'],
    ['a quote', ['', '> Careful.'], '> Careful.'],
    ['a table', ['', '| a | b |', '|---|---|', '| 1 | 2 |'], 'a | b\n1 | 2'],
    ['paragraphs apart', ['', 'One.', '', 'Two.'], 'One.\n\nTwo.'],
  ])('%s', (_what, lines, expected) => {
    expect(text(...lines)).toBe(expected);
  });

  it('is empty where the runbook has none', () => {
    expect(text()).toBe('');
    expect(proseText(undefined)).toBe('');
  });
});
