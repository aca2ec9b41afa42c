/** Position of a window, kept for the next start, and whether a display still shows it. Pure. */

export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface WindowPlace extends Bounds {
  readonly maximized: boolean;
}

/** This much of the window's upper edge must be on a screen, so that it can be seen and dragged, px. */
const SEEN = { width: 120, height: 40 };

/**
 * The kept place when it is one and some display still shows it, made to fit that display's work area; null otherwise:
 * a display may be gone since, and a settings file may hold anything.
 */
export function validPlace(kept: unknown, workAreas: readonly Bounds[], least: Pick<Bounds, 'width' | 'height'>) {
  if (!isPlace(kept)) return null;
  const area = workAreas.find((candidate) => isSeen(kept, candidate));
  if (area === undefined) return null;
  const width = Math.min(Math.max(kept.width, least.width), area.width);
  const height = Math.min(Math.max(kept.height, least.height), area.height);
  const x = Math.round(Math.min(Math.max(kept.x, area.x), area.x + area.width - width));
  const y = Math.round(Math.min(Math.max(kept.y, area.y), area.y + area.height - height));
  return { x, y, width: Math.round(width), height: Math.round(height), maximized: kept.maximized };
}

/** First position of a small window: the upper right corner. */
export function upperRight(area: Bounds, size: Pick<Bounds, 'width' | 'height'>, gap = 16): Bounds {
  return { ...size, x: area.x + Math.max(0, area.width - size.width - gap), y: area.y + gap };
}

function isPlace(kept: unknown): kept is WindowPlace {
  if (typeof kept !== 'object' || kept === null) return false;
  const { x, y, width, height, maximized } = kept as Partial<WindowPlace>;
  return [x, y, width, height].every(Number.isFinite) && typeof maximized === 'boolean';
}

function isSeen(place: Bounds, area: Bounds): boolean {
  const across = Math.min(place.x + place.width, area.x + area.width) - Math.max(place.x, area.x);
  const barInside = place.y >= area.y - SEEN.height && place.y <= area.y + area.height - SEEN.height;
  return across >= SEEN.width && barInside;
}
