/** Recordings that the simulator does not print, by name, each with the reason. */
const NOT_PLAYED = 'no drill runs this command: the simulator refuses it';
const TERMINAL = 'recorded in a terminal: a drill runs fly without one';

export const NOT_COVERED: readonly (readonly [RegExp, string])[] = [
  [/^tty-/, TERMINAL],
  [/^machine-leases-view$/, NOT_PLAYED],
];

/** The reason; null: the recording is covered. */
export const reasonFor = (name: string): string | null =>
  NOT_COVERED.find(([pattern]) => pattern.test(name))?.[1] ?? null;

export const isRefused = (name: string): boolean => reasonFor(name) === NOT_PLAYED;
