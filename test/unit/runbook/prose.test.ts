/** The runbook's own text around a step, a check or a follow-up. */
import { describe, expect, it } from 'vitest';
import type { Prose } from '#shared/runbook/parser/prose.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { serialiseReport } from '#shared/report/serialise.ts';

const markdown = (prose: Prose | undefined): string =>
  prose === undefined ? '' : serialiseReport({ type: 'root', children: [...prose] }).trim();

const parse = (...lines: string[]) => parseRunbook(['# Runbook', '', ...lines].join('\n'), 'prose.md').model;

/** The text of the one step of a procedure with these lines as its numbered item. */
function textOfStep(...lines: string[]): string {
  const [procedure] = parse('## Procedure: Roll back', '', ...lines).procedures;
  return markdown(procedure?.steps[0]?.prose);
}

describe('the text of a step', () => {
  it('is what stands behind a bold title, on its line or the next', () => {
    expect(textOfStep('1. **Show the page**', '   Update the app to show `it`.')).toBe('Update the app to show `it`.');
    expect(textOfStep('1. **Show the page**: update the app.')).toBe('update the app.');
    expect(textOfStep('1. **Show the page**')).toBe('');
  });

  it('keeps signs that belong to the text, not to the title', () => {
    expect(textOfStep('1. **Close it**: --now only if asked')).toBe('\\--now only if asked');
    expect(textOfStep('1. **Set the size**: .5 GB')).toBe('.5 GB');
    expect(textOfStep('1. **Wait** - ten minutes')).toBe('ten minutes');
  });

  it('keeps a first line that holds a link, and finds the title behind a block of code', () => {
    expect(textOfStep('1. [Deploy](https://d.example) the thing')).toBe('[Deploy](https://d.example) the thing');
    expect(textOfStep('1. ```text example', '   v10', '   ```', '   Go back.')).toBe('```text example\nv10\n```');
  });

  it('is what stands behind the first line where the title is not bold', () => {
    expect(textOfStep('1. Show the page', '   and *tell* people.')).toBe('and _tell_ people.');
    expect(textOfStep('1. Show the page')).toBe('');
  });

  it('holds paragraphs, lists, tables and examples', () => {
    const text = textOfStep(
      '1. **Fix it**',
      '   - Investigate the cause',
      '   - Deploy a fix',
      '',
      '   ```text example',
      '   v10 deployed',
      '   ```',
    );
    expect(text).toBe('- Investigate the cause\n- Deploy a fix\n\n```text example\nv10 deployed\n```');
  });

  it('leaves out what is shown by itself: commands, messages and checks', () => {
    const text = textOfStep(
      '1. **Deploy**',
      '',
      '   From an empty folder.',
      '   ```bash',
      '   fly deploy -a app',
      '   ```',
      '   ```text message',
      '   We roll back.',
      '   ```',
      '   - [ ] Users are back',
      '   <!-- for the author -->',
    );
    expect(text).toBe('From an empty folder.');
  });

  it('is that of its section where the step has a heading', () => {
    expect(textOfStep('### 1. Deploy', '', 'Slowly.', '', '```bash', 'fly deploy -a app', '```')).toBe('Slowly.');
  });

  it('can be stored: no node holds its place', () => {
    const [procedure] = parse('## Procedure: Roll back', '', '1. **Deploy**', '   - slowly').procedures;
    expect(JSON.stringify(procedure?.steps[0]?.prose)).not.toContain('position');
  });
});

describe('the text of other parts', () => {
  it('a check has its paragraphs; its questions are read by themselves', () => {
    const [list] = parse(
      '## Checklist',
      '',
      '- [ ] **Capture the state**',
      '',
      '  Logs first.',
      '  - Which lines?',
    ).checklists;
    expect(list?.items[0]).toMatchObject({ text: 'Capture the state', questions: ['Which lines?'] });
    expect(markdown(list?.items[0]?.prose)).toBe('Logs first.');
  });

  it('a follow-up has its commands as well, and its group the text around the items', () => {
    const [group] =
      parse(
        '## Option 1: Go back',
        '',
        '1. **Deploy**',
        '',
        '## After a rollback',
        '',
        '### Within 1 hour',
        '',
        'Whoever is on call does these.',
        '',
        '1. **Read the metrics**',
        '   ```bash',
        '   npm run monitor:stats',
        '   ```',
        '   - [ ] Errors are below 1%',
        '',
        '---',
      ).followUps ?? [];
    expect(markdown(group?.prose)).toBe('Whoever is on call does these.');
    expect(markdown(group?.items[0]?.prose)).toBe('```bash\nnpm run monitor:stats\n```');
  });
});
