import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { crashPolicy } from '../../../electron/desktop/crash-policy.ts';
import { addressOf, incidentInSight, incidentPlace, reportPlace } from '../../../electron/desktop/places.ts';
import { upperRight, validPlace } from '../../../electron/desktop/window-place.ts';
import { clockSettings, windowSettings } from '../../../electron/desktop/window-settings.ts';

const LEAST = { width: 960, height: 600 };
const LAPTOP = { x: 0, y: 25, width: 1440, height: 875 };
const WALL = { x: 1440, y: 0, width: 2560, height: 1440 };

describe('the kept place of the window', () => {
  const kept = { x: 1500, y: 100, width: 1280, height: 800, maximized: false };

  it('is used while its display is there', () => {
    expect(validPlace(kept, [LAPTOP, WALL], LEAST)).toEqual(kept);
  });

  it('is forgotten when the display is gone', () => {
    expect(validPlace(kept, [LAPTOP], LEAST)).toBeNull();
    expect(validPlace(kept, [], LEAST)).toBeNull();
  });

  it('is made to fit', () => {
    expect(validPlace({ ...kept, x: -100, y: 30, width: 5_000, height: 10 }, [LAPTOP], LEAST)).toEqual({
      x: 0,
      y: 30,
      width: 1440,
      height: 600,
      maximized: false,
    });
  });

  it.each([null, 3, 'x', {}, { ...kept, x: '0' }, { ...kept, width: Number.NaN }, { ...kept, maximized: 1 }])(
    'may hold anything: %j',
    (damaged) => expect(validPlace(damaged, [LAPTOP, WALL], LEAST)).toBeNull(),
  );

  it('always lies inside of a display', () => {
    const number = fc.integer({ min: -10_000, max: 10_000 });
    fc.assert(
      fc.property(number, number, number, number, fc.boolean(), (x, y, width, height, maximized) => {
        const place = validPlace({ x, y, width, height, maximized }, [LAPTOP, WALL], LEAST);
        const inside = [LAPTOP, WALL].some(
          (area) =>
            place !== null &&
            place.x >= area.x &&
            place.y >= area.y &&
            place.x + place.width <= area.x + area.width &&
            place.y + place.height <= area.y + area.height,
        );
        expect(place === null || inside).toBe(true);
      }),
    );
  });

  it('is given to the window; without one it has its usual size', () => {
    expect(windowSettings('/p', false, true, { x: 5, y: 6, width: 1000, height: 700 })).toMatchObject({ x: 5, y: 6 });
    expect(windowSettings('/p', false, true)).not.toHaveProperty('x');
  });
});

describe('the compact clock', () => {
  it('stands in the upper right corner, over everything, as locked down as the main window', () => {
    const place = upperRight(WALL, { width: 380, height: 190 });
    expect(place).toEqual({ x: 3604, y: 16, width: 380, height: 190 });
    const settings = clockSettings('/p', true, true, place);
    expect(settings).toMatchObject({ alwaysOnTop: true, skipTaskbar: true, show: false });
    expect(settings.webPreferences).toEqual(windowSettings('/p', true, true).webPreferences);
  });
});

describe('places', () => {
  it('knows the incident that is in sight, for any id', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (id) => {
        expect(incidentInSight(addressOf(incidentPlace(id)))).toBe(id);
        expect(incidentInSight(addressOf(reportPlace(id)))).toBe(id);
      }),
    );
    for (const url of ['', 'app://rollbook/index.html#/', addressOf('#/runbook/x'), addressOf('#/incident/%E0%A4%A')])
      expect(incidentInSight(url)).toBeNull();
  });
});

describe('a crash of the window', () => {
  it('loads the page again, and asks when it dies again and again', () => {
    const decide = crashPolicy();
    expect([1, 2, 3, 4].map((second) => decide('crashed', second * 1_000))).toEqual([
      'reload',
      'reload',
      'reload',
      'ask',
    ]);
    expect(decide('oom', 5_000)).toBe('reload');
  });

  it('forgets crashes of a minute ago, and is none when the process ended in order', () => {
    const decide = crashPolicy();
    for (let minute = 0; minute < 10; minute += 1) expect(decide('crashed', minute * 61_000)).toBe('reload');
    expect(decide('clean-exit', 0)).toBe('nothing');
  });
});
