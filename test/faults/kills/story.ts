/** A story that is told again and again, and killed: from a place on disk that is copied for each kill. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setVariables } from '../../fixtures/environment.ts';
import type { Act, Begin, ErrandTime } from '../dying/errand.ts';
import { newCloud, CLOUD } from './logged-tools.ts';

/** What one telling of a story has for itself. */
export interface Place {
  readonly root: string;
  /** The data folder. */
  readonly data: string;
  /** What the tools act on. */
  readonly cloud: string;
}

export interface Story {
  readonly name: string;
  readonly time: ErrandTime;
  /** Of the core that comes after a kill: not before the time of the one that was killed. */
  readonly timeAfter: ErrandTime;
  readonly begin: Begin & { readonly intentId: string };
  readonly acts: readonly Act[] | 'autopilot';
  /** Whether what the change is for is true in this simulated cloud; null: nobody can tell from outside. */
  readonly isChanged: (place: Place) => Promise<boolean | null>;
  /** Keeps what lies outside the folder (a database) as it is now, under this name, and puts it back. */
  readonly keep?: (name: string) => Promise<void>;
  readonly putBack?: (name: string) => Promise<void>;
}

export function newPlace(root: string): Place {
  const place = { root, data: join(root, 'data'), cloud: join(root, 'world') };
  mkdirSync(place.data, { recursive: true, mode: 0o700 });
  newCloud(place.cloud);
  return place;
}

/** Nothing may be at work in it. */
export function copyOf({ root }: Place, to: string): Place {
  cpSync(root, to, { recursive: true });
  return { root: to, data: join(to, 'data'), cloud: join(to, 'world') };
}

/** What a process of this place finds in its environment. */
export const environmentOf = ({ cloud }: Place) => ({ [CLOUD]: cloud });

/** The next core of this process is one of this place. */
export const enter = (place: Place): void => setVariables(Object.entries(environmentOf(place)));
