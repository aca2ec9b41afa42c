/** What is worth a sound. */
export interface Heard {
  /** The checkpoint that is being asked, in minutes; null: none. */
  readonly asking: number | null;
  /** The watch found a regression, and the mitigation clock runs again. */
  readonly regressed: boolean;
}

export type Alert = 'checkpoint' | 'regression';

/** The alert between two states of an open incident; null: nothing new. */
export function alertBetween(before: Heard, now: Heard): Alert | null {
  if (now.regressed && !before.regressed) return 'regression';
  return now.asking !== null && now.asking !== before.asking ? 'checkpoint' : null;
}
