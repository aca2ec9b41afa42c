import { beforeEach, describe, expect, it } from 'vitest';
import type { Bridge } from '#shared/contract/bridge.ts';
import type { CallName, RunbookSummary } from '#shared/contract/calls.ts';
import { setBridge } from '../../../renderer/stores/core.ts';
import { loadOverview, loadRunbooks, useOverview } from '../../../renderer/stores/overview.ts';

/** Answers only when the test says so, in the order it says. */
function heldBridge() {
  const asked: { readonly name: CallName; readonly answer: (value: unknown) => void }[] = [];
  const call = (name: CallName) =>
    new Promise((resolve) => {
      asked.push({ name, answer: (value) => resolve({ ok: true, value }) });
    });
  setBridge({ call, on: () => () => {}, onConnection: () => () => {} } as unknown as Bridge);
  return {
    answer: async (name: CallName, value: unknown, nth = 0): Promise<void> => {
      asked.filter((one) => one.name === name)[nth]?.answer(value);
      await new Promise(setImmediate);
    },
  };
}

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
