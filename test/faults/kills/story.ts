/** A story that is played and killed many times, each time in a new copy of its place on disk. */
import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setVariables } from '../../fixtures/environment.ts';
import type { Act, Begin, ErrandTime } from '../dying/errand.ts';
import { newCloud, CLOUD } from './logged-tools.ts';

/** The folders that belong to one run of a story. */
export interface Place {
  readonly root: string;
  /** The data folder. */
  readonly data: string;
  /** The folder of the simulated cloud. */
  readonly cloud: string;
}

export interface Story {
  readonly name: string;
  readonly time: ErrandTime;
  /** The start of the clock after a kill: not before the time of the killed process. */
  readonly timeAfter: ErrandTime;
  readonly begin: Begin & { readonly intentId: string };
  readonly acts: readonly Act[] | 'autopilot';
  /** Whether the change has taken effect in this simulated cloud; null if that cannot be seen from outside. */
  readonly isChanged: (place: Place) => Promise<boolean | null>;
  /** Saves what is outside of the folder (a database) under this name, and restores it. */
  readonly keep?: (name: string) => Promise<void>;
  readonly putBack?: (name: string) => Promise<void>;
}

export function newPlace(root: string): Place {
  const place = { root, data: join(root, 'data'), cloud: join(root, 'world') };
  mkdirSync(place.data, { recursive: true, mode: 0o700 });
  newCloud(place.cloud);
  return place;
}

/** No process may be using it. */
export function copyOf({ root }: Place, to: string): Place {
  cpSync(root, to, { recursive: true });
  return { root: to, data: join(to, 'data'), cloud: join(to, 'world') };
}

/** The environment of the processes of this place. */
export const environmentOf = ({ cloud }: Place) => ({ [CLOUD]: cloud });

/** Makes this process open its next core in this place. */
export const enter = (place: Place): void => setVariables(Object.entries(environmentOf(place)));
