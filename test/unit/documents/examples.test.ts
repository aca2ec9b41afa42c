import { readFileSync } from 'node:fs';
import type { Code } from 'mdast';
import { describe, expect, it } from 'vitest';
import type { Step } from '#shared/runbook/model.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import { emptyCache as effects } from '../../fixtures/new-step-kind/core/empty-cache.ts';
import { emptyCache as definition } from '../../fixtures/new-step-kind/shared/empty-cache.ts';
import { inProject } from '../../../build/setup/project.mjs';
import { DOCUMENTS } from './documents.ts';

/** Compiled like any other source. In its own folder an import starts with `./`. */
const FIXTURES = {
  'shared/steps/empty-cache.ts': {
    fixture: 'test/fixtures/new-step-kind/shared/empty-cache.ts',
    folder: '#shared/steps/',
  },
  'electron/core/steps/empty-cache.ts': {
    fixture: 'test/fixtures/new-step-kind/core/empty-cache.ts',
    folder: '#core/steps/',
  },
};

const SHOWN = DOCUMENTS.flatMap(({ nodes }) =>
  nodes.filter((node): node is Code => node.type === 'code' && 'lang' in node && node.lang === 'ts'),
).map(({ value }) => value);

describe('the examples in TypeScript', () => {
  it('are files that are compiled with the tests', () => {
    const compiled = Object.values(FIXTURES).map(({ fixture, folder }) =>
      readFileSync(inProject(fixture), 'utf8').replaceAll(`from '${folder}`, "from './").trimEnd(),
    );
    expect(SHOWN).toEqual(compiled);
    expect(SHOWN.map((code) => code.split('\n')[0])).toEqual(Object.keys(FIXTURES).map((file) => `// ${file}`));
  });

  it.each([
    ['{"cache":"empty"}', true],
    ['{"cache":"full"}', false],
  ])('prove a new step kind by what the health address says: %s', async (body, met) => {
    const service = { id: 'shop', title: 'Shop', platform: 'fly', health: 'https://shop.example/healthz' };
    const context = {
      runbook: { settings: { services: [service] } },
      eventLog: { state: { declared: { service: 'shop' } } },
      adapter: { http: { get: async () => ({ kind: 'answer', status: 200, ms: 1, body }) } },
    } as unknown as IncidentContext;
    expect(definition.provenBy).toBe('rollbook');
    expect(await effects.look?.(context, { id: 'caches/empty' } as Step, null)).toMatchObject({ met });
  });
});
