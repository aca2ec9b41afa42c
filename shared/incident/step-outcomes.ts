/** How a step can end. Only a met post-condition is `verified`; without one it is `unverified`. */

export const OUTCOMES = [
  'verified',
  'failed',
  'unverified',
  'done',
  'confirmed',
  'stopped',
  'interrupted',
  'skipped',
  'deferred',
] as const;

export type Outcome = (typeof OUTCOMES)[number];

/**
 * `app`: proven by Rollbook. `person`: a person vouched for it. `open`: something is left to do. `bad`: it did not
 * work.
 */
export type Provenance = 'app' | 'person' | 'open' | 'bad';

interface OutcomeMeaning {
  readonly provenance: Provenance;
  /** The procedure continues after such a step without a decision. */
  readonly goesOn: boolean;
  readonly means: string;
}

export const OUTCOME_MEANING: Readonly<Record<Outcome, OutcomeMeaning>> = {
  verified: { provenance: 'app', goesOn: true, means: 'Ran, and the post-condition was met.' },
  done: { provenance: 'app', goesOn: true, means: 'A read-only command succeeded.' },
  confirmed: { provenance: 'person', goesOn: true, means: 'A person vouched for it, with what they observed.' },
  skipped: { provenance: 'person', goesOn: true, means: 'Skipped, with a reason.' },
  deferred: { provenance: 'open', goesOn: true, means: 'Deferred to a due time.' },
  unverified: { provenance: 'open', goesOn: false, means: 'Ran, but nothing proved it.' },
  failed: { provenance: 'bad', goesOn: false, means: 'Did not do what it was for.' },
  stopped: { provenance: 'bad', goesOn: false, means: 'Stopped by a person.' },
  interrupted: { provenance: 'bad', goesOn: false, means: 'The app or the machine died while it ran.' },
};
