import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RollbookError } from '#shared/api/result.ts';
import type { Place, Runbook } from '#shared/runbook/model.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { reassembled } from './fixtures.ts';
import { markdownText } from './markdown-text.ts';

const CODES = ['too-large', 'not-text', 'bad-front-matter'];

function placesOf(model: Runbook): readonly Place[] {
  const steps = model.procedures.flatMap((procedure) => procedure.steps);
  return [
    ...model.blocks,
    ...model.sections,
    ...model.matrix.rows,
    ...model.procedures,
    ...steps,
    ...steps.flatMap(({ commands, checks, messages }) => [...commands, ...checks, ...messages]),
    ...model.otherCommands,
    ...model.messages,
    ...model.checklists.flatMap(({ items }) => items),
    ...model.facts,
    ...model.sections.flatMap(({ facts }) => facts),
    ...model.authority,
  ];
}

const withoutControls = markdownText.map((text) =>
  text.replace(/\p{Cc}/gu, (control) => ('\t\r\n'.includes(control) ? control : ' ')),
);

describe('any text', () => {
  it('is put together again from the blocks of its model', () => {
    fc.assert(
      fc.property(withoutControls, (text) => {
        fc.pre(!text.startsWith('---'));
        const parsed = parseRunbook(text, 'any.md');
        expect(reassembled(parsed)).toBe(parsed.source);
      }),
      { numRuns: 400 },
    );
  });

  it('gives places that are true', () => {
    fc.assert(
      fc.property(withoutControls, (text) => {
        fc.pre(!text.startsWith('---'));
        const { model, source } = parseRunbook(text, 'any.md');
        for (const { line, start, end } of placesOf(model)) {
          expect(start).toBeLessThanOrEqual(end);
          expect(end).toBeLessThanOrEqual(source.length);
          expect(line).toBe(source.slice(0, start).split(/\r\n|\n|\r/).length);
        }
        const flat = (written: string): string => written.replace(/[\s>]+/g, '');
        for (const command of [
          ...model.procedures.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands)),
          ...model.otherCommands,
        ]) {
          expect(flat(source.slice(command.start, command.end))).toContain(flat(command.written ?? command.text));
        }
      }),
      { numRuns: 400 },
    );
  });

  it('gives ids that are unique', () => {
    fc.assert(
      fc.property(withoutControls, (text) => {
        fc.pre(!text.startsWith('---'));
        const { model } = parseRunbook(text, 'any.md');
        const steps = model.procedures.flatMap((procedure) => procedure.steps);
        const ids = [
          ...model.procedures.map(({ id }) => id),
          ...steps.map(({ id }) => id),
          ...steps.flatMap(({ commands, checks }) => [...commands, ...checks]).map(({ id }) => id),
        ];
        expect(new Set(ids).size).toBe(ids.length);
        for (const list of [model.sections, model.messages, model.otherCommands]) {
          expect(new Set(list.map(({ id }) => id)).size).toBe(list.length);
        }
      }),
      { numRuns: 400 },
    );
  });

  it('is read or refused with a code that is documented', () => {
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      markdownText,
      markdownText.map((text) => `---\n${text}\n---\n`),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(bytes, (raw) => {
        try {
          parseRunbook(raw, 'any.md');
        } catch (thrown) {
          expect(thrown).toBeInstanceOf(RollbookError);
          expect(CODES).toContain((thrown as RollbookError).code);
        }
      }),
      { numRuns: 400 },
    );
  });

  it.each([
    '> '.repeat(50_000),
    '- '.repeat(50_000),
    '[a'.repeat(50_000),
    '**x'.repeat(50_000),
    `\`\`\`bash\n${'$('.repeat(20_000)}\n\`\`\``,
  ])('may be hostile: %#', (text) => {
    const parsed = parseRunbook(text, 'hostile.md');
    expect(reassembled(parsed)).toBe(text);
    expect(parsed.model.gaps.map(({ code }) => code)).toContain(
      text.startsWith('`') ? 'unreadable-command' : 'plain-text',
    );
  });
});
