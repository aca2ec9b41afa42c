/** A new kind of step is its definition and a row of the registry: all that the others do with it follows from its traits. */
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { IncidentEvent } from '#shared/incident/event.ts';
import type { ReadinessInput } from '#core/readiness/readiness-check.ts';
import { DECLARED, IncidentEvents } from '../../fixtures/incident-events.ts';

const KINDS = '#shared/steps/kinds.ts';
const REGISTRY = '#shared/steps/registry.ts';

/** Everything that asks the registry, loaded anew with the kinds added. Tests of other files share the modules loaded before. */
async function loadWithKinds() {
  vi.resetModules();
  const kinds = await vi.importActual<typeof import('#shared/steps/kinds.ts')>(KINDS);
  const registry = await vi.importActual<typeof import('#shared/steps/registry.ts')>(REGISTRY);
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
  vi.doMock(KINDS, () => ({ ...kinds, STEP_KINDS: [...kinds.STEP_KINDS, ...added.keys()] }));
  vi.doMock(REGISTRY, () => ({ ...registry, definitionOf }));
  return {
    ...(await import('#shared/incident/next-action.ts')),
    ...(await import('#shared/incident/reduce.ts')),
    ...(await import('#shared/runbook/parse.ts')),
    ...(await import('#shared/steps/proofs.ts')),
    ...(await import('#core/readiness/checks/practice.ts')),
    ...(await import('#core/steps/undo-step.ts')),
  };
}

let loaded: Awaited<ReturnType<typeof loadWithKinds>>;
beforeAll(async () => {
  loaded = await loadWithKinds();
});
afterAll(() => {
  vi.doUnmock(KINDS);
  vi.doUnmock(REGISTRY);
  vi.resetModules();
});

const read = (...kinds: readonly string[]) => {
  const steps = kinds.map((kind, index) => {
    const fence = `   \`\`\`bash step=${kind}\n   varnishadm ${kind}\n   \`\`\`\n   \`\`\`bash proof\n   curl -fsS https://x.test/\n   \`\`\``;
    return `${index + 1}. **Step ${kind}**\n${fence}\n`;
  });
  return loaded.parseRunbook(`# R\n\n## Option 1: Cache\n\n${steps.join('')}`, 'r.md').model;
};

const stateOf = (events: readonly IncidentEvent[]) => {
  const state = loaded.reduce(events);
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
  expect(loaded.nextAction(stateOf(events), model)).toMatchObject({ label: `Empty the cache of ${DECLARED.service}` });
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
  expect(loaded.undoStepOf(model, empty)).toBe(fill.id);
  expect(loaded.proofsOf(empty)).toEqual([]);
  expect(loaded.proofsOf(fill).map(({ text }) => text)).toEqual(['curl -fsS https://x.test/']);
});

it('needs the maintenance marker that proves it, which readiness looks at', () => {
  const titles = (kind: string) =>
    loaded.practice({ model: read(kind) } as unknown as ReadinessInput).map(({ title }) => title);
  expect(read('empty-cache').gaps.map(({ code }) => code)).toContain('no-maintenance-marker');
  expect(read('fill-cache').gaps.map(({ code }) => code)).not.toContain('no-maintenance-marker');
  expect(titles('empty-cache')).toContain('Maintenance page');
  expect(titles('fill-cache')).not.toContain('Maintenance page');
});
