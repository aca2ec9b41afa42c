import { describe, expect, it } from 'vitest';
import { openDoor } from '#core/redaction-door.ts';

const TOKEN = `ghp_${'a1B2'.repeat(9)}`;
const KNOWN = 'correct-horse-battery';

describe('the door', () => {
  it('takes secrets out of every text of a value, however deep', () => {
    const door = openDoor([KNOWN]);
    const value = { a: [{ b: `x ${TOKEN}` }, KNOWN], n: 1, none: null, yes: true };
    expect(door.value(value)).toEqual({ a: [{ b: 'x [redacted]' }, '[redacted]'], n: 1, none: null, yes: true });
  });

  it('answers the very same object where nothing is to be taken out', () => {
    const value = { a: [{ b: 'plain text' }], n: 1 };
    expect(openDoor([KNOWN]).value(value)).toBe(value);
  });

  it('leaves an id, a service or an image its name, unless it has the shape of a secret', () => {
    const door = openDoor(['hotdash-web']);
    expect(door.value({ service: 'hotdash-web', stepId: 'hotdash-web', services: ['hotdash-web'] })).toEqual({
      service: 'hotdash-web',
      stepId: 'hotdash-web',
      services: ['hotdash-web'],
    });
    expect(door.value({ text: 'hotdash-web', stepId: TOKEN })).toEqual({ text: '[redacted]', stepId: '[redacted]' });
  });

  it('looks again at what it let through once it has learned more', () => {
    const door = openDoor();
    const event = { seq: 1, payload: { text: `it is ${KNOWN}` } };
    expect(door.value(event)).toBe(event);
    expect(door.text(`it is ${KNOWN}`)).toContain(KNOWN);
    door.learn([KNOWN]);
    expect(door.value(event)).toEqual({ seq: 1, payload: { text: 'it is [redacted]' } });
    expect(door.text(`it is ${KNOWN}`)).toBe('it is [redacted]');
  });

  it('shows hidden characters where no other end of the way does', () => {
    expect(openDoor().outside(`P0: \u202etxt.exe\u200b \u001b[2K\u001b[31m${TOKEN}`)).toBe(
      'P0: ⟨U+202E⟩txt.exe⟨U+200B⟩ ⟨U+001B⟩[2K[redacted]',
    );
  });

  it('refuses what must be stored exactly and has a secret in it, without repeating that', () => {
    const door = openDoor();
    expect(() => door.mustBeOpen('This path', `/srv/${TOKEN}/app`, 'Move it.')).toThrow(/\/srv\/\[redacted\]/);
    expect(() => door.mustBeOpen('This path', '/Users/Ann/Documents/GitHub/HotDash2/Api', '')).not.toThrow();
  });
});
