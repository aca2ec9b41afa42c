import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { harmless } from '#shared/report/mermaid.ts';
import { IncidentEvents } from '../../fixtures/incident-events.ts';
import { byHandIncident, unhealthyDrill, verifiedDrill } from '../../fixtures/incident-stories.ts';
import { reportOf } from './report-of.ts';

/**
 * The part of mermaid 11's gantt.jison that we write. Stricter than Mermaid itself: letters, digits and a few signs
 * only. The blocks of the golden reports were also drawn by mermaid 11 itself.
 */
const TEXT = String.raw`[\p{L}\p{N} .,()/+'-]*`;
const MOMENT = String.raw`\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d`;
const LINES = [
  /^gantt$/,
  new RegExp(`^ {4}title (DRILL )?P[0-3]( ${TEXT})?, UTC$`, 'u'),
  /^ {4}dateFormat YYYY-MM-DDTHH:mm:ss$/,
  /^ {4}axisFormat %H:%M$/,
  /^ {4}todayMarker off$/,
  /^ {4}section (Mitigation|Commands|Watch)$/,
  new RegExp(
    `^ {4}(Detected|Declared|Decided|Started|Target|Run|Watch)${TEXT} :(done|active|crit), ${MOMENT}, ${MOMENT}$`,
    'u',
  ),
];

const blockOf = (markdown: string): readonly string[] =>
  (/^```mermaid\n([\s\S]*?)\n```$/m.exec(markdown)?.[1] ?? '').split('\n');

function mustParse(lines: readonly string[]): void {
  expect(lines[0]).toBe('gantt');
  for (const line of lines)
    expect(
      LINES.some((rule) => rule.test(line)),
      line,
    ).toBe(true);
  // A section begins with a task, or Mermaid draws an empty band.
  lines.forEach((line, n) => {
    if (line.startsWith('    section')) expect(lines[n + 1] ?? '', line).toMatch(/ :(done|active|crit), /);
  });
}

describe('the Mermaid block', () => {
  it.each([
    ['verified', verifiedDrill],
    ['failed', unhealthyDrill],
    ['by hand', byHandIncident],
  ])('is one that Mermaid draws: %s', (_name, story) => {
    mustParse(blockOf(reportOf(story().events)));
  });

  it('shows mitigation, target, changing commands and watch', () => {
    const block = blockOf(reportOf(verifiedDrill().events)).join('\n');
    expect(block).toContain('    Detected to declared :done, 2026-11-03T03:12:00, 2026-11-03T03:12:20');
    expect(block).toMatch(/Target 5 minutes :active, 2026-11-03T03:12:00, 2026-11-03T03:17:00/);
    expect(block).toMatch(/Run 2 fly deploy, exit code 0 :done/);
    expect(block).toMatch(/Watch of 30 min, completed :done/);
  });

  it('contains no outside text that its grammar would parse', () => {
    const piece = fc.constantFrom(
      ':',
      ';',
      '#',
      '%%',
      '\n',
      'section x',
      'title',
      'click a href',
      '`',
      '"',
      '{',
      '<b>',
      '\u202E',
      '\uD83D',
      '💥',
      'a',
      ' ',
      'é',
      '軟',
    );
    const text = fc.array(piece, { maxLength: 12 }).map((pieces) => pieces.join(''));
    fc.assert(
      fc.property(text, text, (service, command) => {
        expect(harmless(service)).not.toMatch(/[:;#%\n"`{}<>]/);
        const story = new IncidentEvents({ service }).run({
          runId: 'r',
          stepId: 's',
          commandId: 's#1',
          effect: 'change',
          shown: command,
        });
        mustParse(blockOf(reportOf(story.events)));
      }),
    );
  });
});
