import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { frontMatterSchema } from '../../../shared/runbook/settings.ts';
import { commandLine } from '../../fixtures/command-line.ts';

type JsonSchema = Parameters<typeof z.fromJSONSchema>[0];

describe('rollbook schema', () => {
  it('prints one JSON Schema, the same with --json', async () => {
    const plain = await commandLine().run(['schema']);
    const json = await commandLine().run(['schema', '--json']);
    expect(plain.code).toBe(0);
    expect(plain.err).toBe('');
    expect(plain.json()).toMatchObject({
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      title: 'Rollbook front matter',
      required: ['rollbook'],
      additionalProperties: false,
    });
    expect(json.out).toBe(plain.out);
  });

  it.each([
    ['the least', { rollbook: 1 }, true],
    [
      'services and variables',
      {
        rollbook: 1,
        services: { shop: { title: 'Shop', platform: 'fly', health: 'https://shop.example/health' } },
        variables: { SERVICE: { from: 'service.id' }, TICKET: { from: 'prompt', ask: 'Which ticket?' } },
        review: { every: '90d', last: '2026-10-01' },
      },
      true,
    ],
    ['no version', { title: 'Shop' }, false],
    ['an unknown key', { rollbook: 1, servises: {} }, false],
    [
      'a platform that is not built',
      { rollbook: 1, services: { shop: { title: 'Shop', platform: 'heroku', health: 'https://a.b' } } },
      false,
    ],
    ['an approver nobody has', { rollbook: 1, authority: [{ approver: 'ceo' }] }, false],
  ])('judges %s as Rollbook itself does', async (_, frontMatter, valid) => {
    const { json } = await commandLine().run(['schema']);
    expect(z.fromJSONSchema(json() as JsonSchema).safeParse(frontMatter).success).toBe(valid);
    expect(frontMatterSchema.safeParse(frontMatter).success).toBe(valid);
  });

  it('refuses an argument', async () => {
    const { code, err } = await commandLine().run(['schema', 'book.md']);
    expect(code).toBe(2);
    expect(err).toContain('too many arguments');
  });
});
