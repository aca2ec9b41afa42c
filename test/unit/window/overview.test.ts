import { beforeEach, describe, expect, it } from 'vitest';
import type { RunbookSummary } from '#shared/api/calls.ts';
import { loadOverview, loadRunbooks, useOverview } from '../../../renderer/stores/overview.ts';
import { heldBridge } from './held-bridge.ts';

const summary = (title: string) => ({ hash: title, title, trusted: false, bundled: false }) as RunbookSummary;
const titles = (): readonly string[] | undefined => useOverview.getState().runbooks?.map(({ title }) => title);

describe('what the home screen lists', () => {
  beforeEach(() => useOverview.setState({ info: null, incidents: null, scenarios: null, runbooks: null, opened: {} }));

  it('keeps a runbook that was added while the slowest first answer was under way', async () => {
    const core = heldBridge();
    void loadOverview();
    await core.answer('runbook.list', [summary('bundled')]);
    void loadRunbooks();
    await core.answer('runbook.list', [summary('bundled'), summary('added')], 1);
    await core.answer('app.info', null);
    await core.answer('incident.list', []);
    await core.answer('drill.scenarios', []);
    expect(titles()).toEqual(['bundled', 'added']);
  });

  it('does not show a list that a newer question overtook', async () => {
    const core = heldBridge();
    void loadRunbooks();
    void loadRunbooks();
    await core.answer('runbook.list', [summary('bundled'), summary('added')], 1);
    await core.answer('runbook.list', [summary('bundled')]);
    expect(titles()).toEqual(['bundled', 'added']);
  });
});
