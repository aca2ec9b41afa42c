import { describe, expect, it } from 'vitest';
import { frontMatterJsonSchema, frontMatterSchema } from '#shared/runbook/settings.ts';
import { gapsOf, parse } from './fixtures.ts';

const FULL = `---
rollbook: 1
title: Full
services:
  web: { title: Web, platform: fly, health: https://web.example.org/up }
variables:
  SERVICE: { from: service.id }
  ANSWER: { from: prompt, ask: Which, pattern: '[a-z]+' }
  TOKEN: { from: environment }
procedures:
  undo-web: Taking the web back
matrix:
  - { match: is down, procedures: [undo-web] }
  - { match: looks odd, procedures: [] }
authority:
  - { procedures: [undo-web], approver: manager }
review: { every: 30d }
---
# Other title

| Severity | Condition | Action | Timeframe |
|-|-|-|-|
| P0 | The site is  down | Roll back | 5m |
| P2 | It looks odd | Roll back | 5m |

## Taking the web back

1. Look
   \`\`\`bash
   fly status -a "$SERVICE" --access-token "$TOKEN" -c "$ANSWER"
   \`\`\`
`;

describe('front matter', () => {
  it('gives settings, procedures, the matrix and who decides', () => {
    const parsed = parse(FULL);
    const { model } = parsed;
    expect(model.title).toBe('Full');
    expect(model.settings).toEqual({
      services: [{ id: 'web', title: 'Web', platform: 'fly', health: 'https://web.example.org/up' }],
      variables: {
        SERVICE: { from: 'service.id' },
        ANSWER: { from: 'prompt', ask: 'Which', pattern: '[a-z]+', secret: false },
        TOKEN: { from: 'environment', secret: true },
      },
      reviewEveryDays: 30,
      lastReviewed: null,
    });
    expect(model.procedures.map(({ id, title }) => [id, title])).toEqual([['undo-web', 'Taking the web back']]);
    expect(model.matrix.rows.map(({ procedures }) => procedures)).toEqual([['undo-web'], []]);
    expect(model.authority).toMatchObject([
      { line: 16, severities: [], procedures: ['undo-web'], approver: 'manager' },
    ]);
    expect(gapsOf(parsed)).toEqual([]);
    expect(model.blocks[0]).toEqual({ kind: 'front-matter', line: 1, start: 0, end: FULL.indexOf('\n# Other') });
  });

  it('lists references to what does not exist', () => {
    const text = FULL.replace('Taking the web back\nmatrix', 'No such heading\nmatrix').replace('is down', 'is gone');
    expect(gapsOf(parse(text)).filter((gap) => /not-found/.test(gap))).toEqual([
      '11 procedure-not-found',
      '13 row-not-found',
      '13 procedure-not-found',
      '16 procedure-not-found',
    ]);
  });

  it('leaves the front matter of other tools alone', () => {
    const parsed = parse('---\ntitle: A page\nlayout: post\n---\n\ntext\n');
    expect(parsed.model.title).toBe('A page');
    expect(gapsOf(parsed)[0]).toBe('1 foreign-front-matter');
  });

  it.each(['---\n\nA rule, not front matter.\n\n---\n', '---\nNo key here.\n---\n', '# x\n\n---\nrollbook: 1\n---\n'])(
    'takes a rule for a rule: %j',
    (text) => {
      expect(parse(text).model.blocks.map(({ kind }) => kind)).not.toContain('front-matter');
    },
  );
});

/** A sample, and whether it may be written. */
const SAMPLES: readonly (readonly [boolean, unknown])[] = [
  [true, { rollbook: 1 }],
  [true, { rollbook: 1, title: 'x', review: { every: '90d', last: '2026-01-31' } }],
  [true, { rollbook: 1, services: { web: { title: 'W', platform: 'fly', health: 'http://x.org' } } }],
  [true, { rollbook: 1, variables: { A: { from: 'prompt', ask: 'B' }, C: { from: 'environment', secret: false } } }],
  [true, { rollbook: 1, matrix: [{ match: 'x', procedures: [] }], authority: [{ approver: 'anyone' }] }],
  [false, {}],
  [false, []],
  [false, { rollbook: '1' }],
  [false, { rollbook: 1, more: 1 }],
  [false, { rollbook: 1, title: '' }],
  [false, { rollbook: 1, review: { every: 'monthly' } }],
  [false, { rollbook: 1, review: { last: '2026-01-31' } }],
  [false, { rollbook: 1, services: { Web: { title: 'W', platform: 'fly', health: 'http://x.org' } } }],
  [false, { rollbook: 1, services: { web: { title: 'W', platform: 'heroku', health: 'http://x.org' } } }],
  [false, { rollbook: 1, variables: { a: { from: 'service.id' } } }],
  [false, { rollbook: 1, variables: { A: { from: 'service.id', secret: true } } }],
  [false, { rollbook: 1, matrix: [{ match: 'x' }] }],
  [false, { rollbook: 1, authority: [{ approver: 'nobody' }] }],
];

describe('the JSON Schema of the front matter', () => {
  const schema = frontMatterJsonSchema();

  it.each(SAMPLES)('says %s, as the parser does, to %j', (valid, sample) => {
    expect(frontMatterSchema.safeParse(sample).success).toBe(valid);
    expect(allows(schema, sample)).toBe(valid);
  });

  it('names what it is and describes its keys', () => {
    expect(schema).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      required: ['rollbook'],
      additionalProperties: false,
    });
    expect(JSON.stringify(schema)).toContain('cannot be derived');
  });
});

type Schema = Readonly<Record<string, unknown>>;

/** The keywords the schema uses, checked as the standard says; any other one fails the test. */
function allows(schema: Schema, value: unknown): boolean {
  const isObject = value !== null && typeof value === 'object' && !Array.isArray(value);
  const entries = isObject ? Object.entries(value) : [];
  const properties = (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
  return Object.entries(schema).every(([keyword, given]) => {
    switch (keyword) {
      case 'type':
        return given === 'object' ? isObject : given === 'array' ? Array.isArray(value) : typeof value === given;
      case 'const':
        return value === given;
      case 'enum':
        return (given as readonly unknown[]).includes(value);
      case 'pattern':
        return typeof value !== 'string' || new RegExp(given as string, 'u').test(value);
      case 'minLength':
        return typeof value !== 'string' || value.length >= (given as number);
      case 'properties':
        return entries.every(([key, inner]) => properties[key] === undefined || allows(properties[key], inner));
      case 'required':
        return !isObject || (given as readonly string[]).every((key) => key in value);
      case 'additionalProperties':
        return entries.every(
          ([key, inner]) => key in properties || (given !== false && allows(given as Schema, inner)),
        );
      case 'propertyNames':
        return entries.every(([key]) => allows(given as Schema, key));
      case 'items':
        return !Array.isArray(value) || value.every((inner) => allows(given as Schema, inner));
      case 'oneOf':
      case 'anyOf':
        return (given as readonly Schema[]).some((inner) => allows(inner, value));
      case '$schema':
      case 'title':
      case 'description':
      case 'default':
        return true;
      default:
        throw new Error(`unchecked keyword ${keyword}`);
    }
  });
}
