import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { skippedFor } from '../../fixtures/skipping.ts';
import { reassembled } from './fixtures.ts';

const seed = new URL('../../../../shared/seed/rollback-procedures.md', import.meta.url);
const missing = existsSync(seed)
  ? null
  : 'the seed runbook is not beside the project; test/fixtures/runbooks/pier-nine.md stands for it';

describe('the seed runbook as it stands', skippedFor(missing), () => {
  const parsed = parseRunbook(missing === null ? readFileSync(seed) : '', 'rollback-procedures.md');
  const { model, source } = parsed;

  it('loses nothing of the text', () => {
    expect(reassembled(parsed)).toBe(source);
  });

  it('has the ten rows with their severities and targets', () => {
    expect(model.matrix.rows.map(({ line, severity, target }) => [line, severity, target.ms])).toEqual([
      [24, 'P0', 300_000],
      [25, 'P0', 300_000],
      [26, 'P0', 300_000],
      [27, 'P0', 600_000],
      [28, 'P1', 900_000],
      [29, 'P1', 900_000],
      [30, 'P1', 900_000],
      [31, 'P2', 1_800_000],
      [32, 'P2', 3_600_000],
      [33, 'P3', null],
    ]);
  });

  it('leads the rows to procedures by their words', () => {
    const [application, database] = model.procedures.map(({ id }) => id);
    expect(model.matrix.rows.map(({ procedures }) => procedures)).toEqual([
      [application, database],
      ...Array.from({ length: 7 }, () => [application]),
      [],
      [],
    ]);
  });

  it('has the four options with their steps, commands and checks', () => {
    const shape = model.procedures.map(({ line, steps }) => ({
      line,
      steps: steps.map(({ commands, checks, messages }) => [commands.length, checks.length, messages.length].join()),
    }));
    expect(shape).toEqual([
      { line: 86, steps: ['1,0,0', '2,0,0', '3,0,0', '0,4,0', '2,0,0'] },
      { line: 143, steps: ['2,0,0', '1,0,0', '2,0,0', '2,0,0', '0,4,0'] },
      { line: 202, steps: ['3,0,0', '3,0,0', '1,0,0', '0,4,0'] },
      { line: 244, steps: ['2,0,0', '0,0,0', '0,0,1', '0,0,0', '2,0,0'] },
    ]);
  });

  it('has the checklists, the messages with their symbols repaired, and the commands outside procedures', () => {
    expect(model.checklists.map(({ line, items }) => [line, items.length])).toEqual([
      [42, 5],
      [287, 4],
      [506, 5],
    ]);
    expect(model.repaired).toBe(true);
    expect(model.messages.map(({ line, text }) => [line, text.slice(0, 2)])).toEqual([
      [62, '\u{1F6A8}'],
      [265, '\u{1F527}'],
      [296, '\u2705 '],
    ]);
    expect(model.otherCommands.map(({ line }) => line)).toEqual([
      73, 76, 79, 369, 374, 385, 388, 410, 448, 461, 464, 465, 474, 477, 495, 498,
    ]);
  });

  it('knows who decides', () => {
    expect(
      model.authority.map(({ severities, procedures, approver }) => [severities.join(), procedures.length, approver]),
    ).toEqual([
      ['P0', 0, 'anyone'],
      ['P1', 0, 'team-lead'],
      ['P2,P3', 0, 'manager'],
      ['', 1, 'manager'],
    ]);
  });

  it('lists what is missing instead of guessing', () => {
    expect(new Set(model.gaps.map(({ code }) => code))).toEqual(
      new Set(['no-services', 'unknown-effect', 'asked', 'no-post-condition']),
    );
  });
});
