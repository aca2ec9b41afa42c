/** A new kind of step is its definition and a row of the registry: all that the others do with it follows from its traits. */
import { expect, it, vi } from 'vitest';
import { nextAction } from '#shared/incident/next-action.ts';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentEvent } from '#shared/incident/event.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { proofsOf } from '#shared/steps/proofs.ts';
import { practice } from '#core/readiness/checks/practice.ts';
import type { ReadinessInput } from '#core/readiness/readiness-check.ts';
import { undoStepOf } from '#core/steps/undo-step.ts';
import { DECLARED, IncidentEvents } from '../../fixtures/incident-events.ts';

vi.mock('#shared/steps/kinds.ts', async (original) => {
  const kinds = await original<typeof import('#shared/steps/kinds.ts')>();
  return { ...kinds, STEP_KINDS: [...kinds.STEP_KINDS, 'empty-cache', 'fill-cache'] };
});

vi.mock('#shared/steps/registry.ts', async (original) => {
  const registry = await original<typeof import('#shared/steps/registry.ts')>();
  const { emptyCache } = await import('../../fixtures/new-step-kind/shared/empty-cache.ts');
  const undoneBy = {
    kind: 'fill-cache',
    gap: 'half-cache',
    noChange: 'Nothing empties it.',
    noUndo: 'Nothing fills it.',
  };
  const added = new Map<string, unknown>([
    ['empty-cache', { ...emptyCache, undoneBy, marker: 'shown' }],
    ['fill-cache', { ...emptyCache, provenBy: 'commands' }],
  ]);
  const definitionOf: typeof registry.definitionOf = (step) =>
    (added.get(step.kind) ?? registry.definitionOf(step)) as ReturnType<typeof registry.definitionOf>;
  return { ...registry, definitionOf };
});

const read = (...kinds: readonly string[]) => {
  const steps = kinds.map((kind, index) => {
    const fence = `   \`\`\`bash step=${kind}\n   varnishadm ${kind}\n   \`\`\`\n   \`\`\`bash proof\n   curl -fsS https://x.test/\n   \`\`\``;
    return `${index + 1}. **Step ${kind}**\n${fence}\n`;
  });
  return parseRunbook(`# R\n\n## Option 1: Cache\n\n${steps.join('')}`, 'r.md').model;
};

const stateOf = (events: readonly IncidentEvent[]) => {
  const state = reduce(events);
  if (state === null) throw new Error('it was declared');
  return state;
};

it('is read from its fence, and offers its own action', () => {
  const model = read('empty-cache', 'fill-cache');
  expect(model.procedures[0]?.steps.map(({ kind }) => kind)).toEqual(['empty-cache', 'fill-cache']);
  const { events } = new IncidentEvents().add('procedure.chosen', {
    procedureId: model.procedures[0]?.id ?? '',
    reason: '',
  });
  expect(nextAction(stateOf(events), model)).toMatchObject({ label: `Empty the cache of ${DECLARED.service}` });
});

it('is missed where the kind that takes it back is there without it, and the other way round', () => {
  const gapsOf = (...kinds: readonly string[]) => read(...kinds).gaps.filter(({ code }) => code === 'half-cache');
  expect(gapsOf('empty-cache', 'fill-cache')).toEqual([]);
  expect(gapsOf('empty-cache')).toMatchObject([
    { message: 'Nothing fills it.', advice: 'Mark it with step=fill-cache.' },
  ]);
  expect(gapsOf('fill-cache')).toMatchObject([
    { message: 'Nothing empties it.', advice: 'Mark it with step=empty-cache.' },
  ]);
});

it('is taken back by its other kind, and proven as its kind is', () => {
  const model = read('empty-cache', 'fill-cache');
  const [empty, fill] = model.procedures[0]?.steps ?? [];
  if (empty === undefined || fill === undefined) throw new Error('both are read');
  expect(undoStepOf(model, empty)).toBe(fill.id);
  expect(proofsOf(empty)).toEqual([]);
  expect(proofsOf(fill).map(({ text }) => text)).toEqual(['curl -fsS https://x.test/']);
});

it('needs the maintenance marker that proves it, which readiness looks at', () => {
  const titles = (kind: string) =>
    practice({ model: read(kind) } as unknown as ReadinessInput).map(({ title }) => title);
  expect(read('empty-cache').gaps.map(({ code }) => code)).toContain('no-maintenance-marker');
  expect(read('fill-cache').gaps.map(({ code }) => code)).not.toContain('no-maintenance-marker');
  expect(titles('empty-cache')).toContain('Maintenance page');
  expect(titles('fill-cache')).not.toContain('Maintenance page');
});
