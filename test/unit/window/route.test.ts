import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { go, goBack, readRoute, useRoute, writeRoute } from '../../../renderer/app/route.ts';

describe('routes in the address', () => {
  it('comes back to the same place for any id', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('incident' as const, 'report' as const, 'clock' as const),
        fc.string({ minLength: 1, unit: 'grapheme' }),
        (screen, id) => {
          expect(readRoute(writeRoute({ screen, id }))).toEqual({ screen, id });
        },
      ),
    );
    expect(readRoute(writeRoute({ screen: 'reference', section: null }))).toEqual({
      screen: 'reference',
      section: null,
    });
    expect(readRoute(writeRoute({ screen: 'declare', drill: null }))).toEqual({ screen: 'declare', drill: null });
    expect(readRoute(writeRoute({ screen: 'runbooks' }))).toEqual({ screen: 'runbooks' });
    expect(readRoute(writeRoute({ screen: 'runbook', hash: 'ab12' }))).toEqual({ screen: 'runbook', hash: 'ab12' });
  });

  it('carries what a drill was set to, for any scenario', () => {
    fc.assert(
      fc.property(
        fc.string({ minLength: 1, unit: 'grapheme' }),
        fc.integer({ min: 1, max: 600 }),
        (scenario, speed) => {
          const route = { screen: 'declare', drill: { scenario, speed } } as const;
          expect(readRoute(writeRoute(route))).toEqual(route);
        },
      ),
    );
  });

  it.each(['', '/', '/0', '/-3', '/601', '/fast'])('runs a drill in real time when the address says "%s"', (speed) => {
    expect(readRoute(`#/declare/app-rollback${speed}`)).toEqual({
      screen: 'declare',
      drill: { scenario: 'app-rollback', speed: 1 },
    });
  });

  it.each(['', '#', '#/', '#/nowhere', '#/incident', '#/incident/', '#/incident/%E0%A4%A', '#token=abc'])(
    '%j is home',
    (hash) => {
      expect(readRoute(hash)).toEqual({ screen: 'home' });
    },
  );
});

describe('the way back', () => {
  const place = { hash: '' };
  beforeEach(() => {
    vi.stubGlobal('location', place);
    vi.stubGlobal('history', { state: null, replaceState: (_: null, __: string, to: string) => (place.hash = to) });
    go({ screen: 'home' });
  });
  afterEach(() => vi.unstubAllGlobals());

  it('leads at once to the screen that was left, over the sections read there', () => {
    go({ screen: 'incident', id: 'A' });
    go({ screen: 'reference', section: null });
    go({ screen: 'reference', section: 'steps' });
    go({ screen: 'findings', hash: 'ab' });
    goBack();
    expect(useRoute.getState().route).toEqual({ screen: 'reference', section: 'steps' });
    goBack();
    expect(useRoute.getState().route).toEqual({ screen: 'incident', id: 'A' });
    expect(place.hash).toBe('#/incident/A');
  });

  it('leads home where nothing was left', () => {
    useRoute.setState({ route: { screen: 'reference', section: null }, behind: [] });
    goBack();
    expect(useRoute.getState().route).toEqual({ screen: 'home' });
  });
});
