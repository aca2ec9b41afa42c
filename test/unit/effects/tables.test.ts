/** Every table of effects has the one shape, and says nothing twice. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { TOOL_EFFECTS } from '#shared/effects/all-tools.ts';

const FOLDER = fileURLToPath(new URL('../../../shared/effects/tools/', import.meta.url));
const patterns = z.array(z.string().min(1));
const said = z.record(z.string(), z.string().min(1));
const schema = z.strictObject({
  tool: z.string(),
  names: patterns.optional(),
  anyCase: z.literal(true).optional(),
  values: z.array(z.string().startsWith('-')),
  read: patterns,
  change: patterns,
  destroys: said,
  harms: said,
  otherwise: z.enum(['read', 'change']).optional(),
});

describe('the tables of effects', () => {
  it.each(readdirSync(FOLDER))('%s', (file) => {
    const table = schema.parse(JSON.parse(readFileSync(`${FOLDER}${file}`, 'utf8')));
    expect(file).toBe(`${table.tool}.json`);
    expect(TOOL_EFFECTS.get(table.tool)).toEqual(table);
    const both = table.read.filter((pattern) => table.change.includes(pattern));
    expect(both, 'reads and changes at once').toEqual([]);
  });

  it('gives each program one table', () => {
    const names = [...new Set(TOOL_EFFECTS.values())].flatMap(({ tool, names: more = [] }) => [tool, ...more]);
    expect(new Set(names).size).toBe(names.length);
  });
});
