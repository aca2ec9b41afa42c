/** A component renders when what it selects from a store changes (zustand compares with `shallow`), and at nothing else. */
import { globSync, readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { shallow } from 'zustand/shallow';
import { escalationParts, incidentParts, reportParts, useIncidentStore } from '../../../renderer/stores/incident.ts';
import { shownIncident } from './shown-incident.ts';

const SOURCES = globSync('renderer/**/*.{ts,tsx}').map((file) => ({ file, text: readFileSync(file, 'utf8') }));
const STORES = SOURCES.flatMap(({ text }) =>
  [...text.matchAll(/const (use\w+) = create</g)].flatMap(([, name]) => (name === undefined ? [] : [name])),
);

it('knows the stores of the window', () => {
  expect(STORES).toContain('useIncidentStore');
  expect(STORES.length).toBeGreaterThan(10);
});

it.each(STORES)('no component subscribes to all of %s', (store) => {
  const whole = new RegExp(`\\b${store}\\(\\)`);
  expect(SOURCES.filter(({ text }) => whole.test(text)).map(({ file }) => file)).toEqual([]);
});

it('the contacts do not render when a note is added, and do when a call is logged', async () => {
  const incident = await shownIncident(3);
  const note = incident.push('note.added', { text: 'one more', starred: true });
  expect(escalationParts(note.after)).not.toBeNull();
  expect(shallow(escalationParts(note.before), escalationParts(note.after))).toBe(true);
  const call = incident.push('escalation.called', { who: 'Manager', how: 'phone', reached: true, words: 'Go on' });
  expect(shallow(escalationParts(call.before), escalationParts(call.after))).toBe(false);
});

it("the report's fields do not render when a note is added, and do when one is saved", async () => {
  const incident = await shownIncident(3);
  const fieldsOf = (store: Parameters<typeof reportParts>[0]) => reportParts(store, incident.id);
  const note = incident.push('note.added', { text: 'one more', starred: true });
  expect(fieldsOf(note.after)).not.toBeNull();
  expect(shallow(fieldsOf(note.before), fieldsOf(note.after))).toBe(true);
  const save = incident.push('report.edited', { field: 'impact', text: 'Nobody could log in' });
  expect(shallow(fieldsOf(save.before), fieldsOf(save.after))).toBe(false);
});

it('the wizard does not render while an intent is sent or something is kept in memory', async () => {
  const incident = await shownIncident(3);
  const before = incidentParts(useIncidentStore.getState());
  useIncidentStore.setState({ sending: 'note', keptIn: 'a file', wallOffset: 1 });
  expect(shallow(before, incidentParts(useIncidentStore.getState()))).toBe(true);
  const note = incident.push('note.added', { text: 'one more', starred: true });
  expect(shallow(incidentParts(note.before), incidentParts(note.after))).toBe(false);
});
