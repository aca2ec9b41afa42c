import { expect, it } from 'vitest';
import { openIncident, useIncidentStore } from '../../../renderer/stores/incident.ts';
import { heldBridge } from './held-bridge.ts';

const viewOf = (id: string) => ({ summary: { id }, events: [], wallNow: 0 });

it('shows the incident the person went to last, whichever answer comes first', async () => {
  const core = heldBridge();
  void openIncident('A');
  void openIncident('B');
  await core.answer('incident.open', viewOf('B'), 1);
  await core.answer('incident.open', viewOf('A'), 0);
  expect(useIncidentStore.getState().view?.summary.id).toBe('B');
});
