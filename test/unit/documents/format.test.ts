/** shared/runbook/FORMAT.md describes what the parser reads. */
import type { Table } from 'mdast';
import { describe, expect, it } from 'vitest';
import { HINT_WORDS, NAMED_STEP_KINDS, readHints } from '#shared/runbook/parser/hints.ts';
import { frontMatterSchema } from '#shared/runbook/settings.ts';
import { gapsOf, parse } from '../runbook/fixtures.ts';
import { documentNamed, fencesOf, inlineCodeOf } from './documents.ts';

const FORMAT = documentNamed('shared/runbook/FORMAT.md');
const [SMALL = '', ...PIECES] = fencesOf(FORMAT)
  .filter(({ lang }) => lang === 'markdown')
  .map(({ value }) => `${value}\n`);
const FRONT = fencesOf(FORMAT).find(({ lang }) => lang === 'yaml')?.value ?? '';

/** Inline code in the table whose first heading is this. */
function codesIn(heading: string): readonly string[] {
  const table = FORMAT.nodes.find(
    (node): node is Table =>
      node.type === 'table' && FORMAT.text.startsWith(`| ${heading}`, node.position?.start.offset ?? 0),
  );
  const { start, end } = table?.position ?? { start: { line: 0 }, end: { line: -1 } };
  return inlineCodeOf(FORMAT)
    .filter(({ position }) => position && position.start.line > start.line && position.end.line <= end.line)
    .filter(({ position }) => isFirstCell(position?.start.line ?? 0, position?.start.column ?? 0))
    .map(({ value }) => value);
}

const LINES = FORMAT.text.split('\n');
const isFirstCell = (line: number, column: number): boolean =>
  !(LINES[line - 1] ?? '').slice(1, column).replaceAll('\\|', '').includes('|');

describe('the examples', () => {
  it('are a whole runbook without a gap', () => {
    const parsed = parse(SMALL);
    expect(gapsOf(parsed)).toEqual([]);
    expect(parsed.model.procedures.map(({ id, steps }) => [id, steps.map(({ kind }) => kind)])).toEqual([
      ['application-rollback', ['choose-release', 'deploy-release', 'confirm-effective', 'task', 'watch']],
    ]);
  });

  it.each(PIECES.map((piece) => [piece.split('\n')[0], piece]))('and "%s" adds to it without one', (_title, piece) => {
    const { model } = parse(`${SMALL}\n${piece}`);
    expect(model.gaps).toEqual([]);
    expect(model.procedures.length + (model.issues?.length ?? 0)).toBe(2);
  });

  it('and the front matter fits it, whose every key is shown', () => {
    const body = SMALL.slice(SMALL.indexOf('\n---\n') + 5);
    const parsed = parse(`${FRONT}\n${body}\n## Getting the relay going again\n\n1. Look\n`);
    expect(gapsOf(parsed)).toEqual([]);
    for (const key of Object.keys(frontMatterSchema.shape)) expect(FRONT, key).toMatch(new RegExp(`^${key}:`, 'm'));
  });
});

describe('the tables', () => {
  it('have every hint, with values that are read', () => {
    const shown = codesIn('Hint');
    const read = shown.flatMap((hint) => hint.replace('KIND', 'task').replace('NAME', 'URL').split(' '));
    for (const hint of read) expect(readHints(hint).unknown, hint).toEqual([]);
    expect(new Set(read.map((hint) => hint.split('=')[0]))).toEqual(new Set(HINT_WORDS));
  });

  it('have every kind of step that a hint can name', () => {
    expect(new Set(codesIn('`step=`').filter((code) => code !== 'step='))).toEqual(new Set(NAMED_STEP_KINDS));
  });
});
