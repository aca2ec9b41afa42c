/** Marks with a word, a shape and a color, for outcomes, severities and targets. One table each. */
import type { TargetStanding } from '#shared/incident/clocks.ts';
import type { Outcome } from '#shared/incident/step-outcomes.ts';
import type { Severity } from '#shared/runbook/model.ts';
import { Shape, type ShapeName } from './shapes.tsx';
import { Fragment } from 'react';

export type Tone = 'proven' | 'person' | 'caution' | 'bad' | 'plain';

interface Look {
  readonly shape: ShapeName;
  readonly tone: Tone;
  readonly word: string;
}

/** A filled square: Rollbook proved it. A hollow square: a person said so. */
const OUTCOME: Readonly<Record<Outcome, Look>> = {
  verified: { shape: 'solid-tick', tone: 'proven', word: 'verified by app' },
  done: { shape: 'solid', tone: 'proven', word: 'done by app' },
  confirmed: { shape: 'hollow-tick', tone: 'person', word: 'confirmed by you' },
  skipped: { shape: 'hollow-slash', tone: 'plain', word: 'skipped' },
  deferred: { shape: 'clock', tone: 'caution', word: 'deferred' },
  unverified: { shape: 'question', tone: 'caution', word: 'unverified' },
  failed: { shape: 'cross', tone: 'bad', word: 'failed' },
  stopped: { shape: 'stop', tone: 'bad', word: 'stopped by you' },
  interrupted: { shape: 'broken', tone: 'bad', word: 'interrupted' },
};

const SEVERITY: Readonly<Record<Severity, Look>> = {
  P0: { shape: 'octagon', tone: 'bad', word: 'P0 Critical' },
  P1: { shape: 'triangle', tone: 'caution', word: 'P1 High' },
  P2: { shape: 'hollow-diamond', tone: 'proven', word: 'P2 Medium' },
  P3: { shape: 'ring', tone: 'plain', word: 'P3 Low' },
};

const STANDING: Readonly<Record<TargetStanding, Look>> = {
  'no-target': { shape: 'ring', tone: 'plain', word: 'no target' },
  within: { shape: 'ring', tone: 'person', word: 'within target' },
  half: { shape: 'half', tone: 'person', word: 'half used' },
  near: { shape: 'triangle', tone: 'caution', word: 'near target' },
  over: { shape: 'diamond', tone: 'bad', word: 'over target' },
};

export function Mark({ shape, tone, word }: Look) {
  return (
    <span className={`mark tone-${tone}`}>
      <Shape name={shape} />
      <span>{word}</span>
    </span>
  );
}

export const OutcomeMark = ({ outcome }: { readonly outcome: Outcome }) => <Mark {...OUTCOME[outcome]} />;

/** For an outcome in a list from the core, where it can be any text. */
export function OutcomeWord({ outcome }: { readonly outcome: string }) {
  const look = (OUTCOME as Readonly<Record<string, Look>>)[outcome];
  return look === undefined ? <span>{outcome}</span> : <Mark {...look} word={outcome} />;
}

export function SeverityMark({ severity }: { readonly severity: string }) {
  const look = (SEVERITY as Readonly<Record<string, Look>>)[severity];
  return look === undefined ? <span>{severity}</span> : <Mark {...look} />;
}

export const StandingMark = ({ standing }: { readonly standing: TargetStanding }) => <Mark {...STANDING[standing]} />;

export const MetMark = ({ met }: { readonly met: boolean }) => (
  <Mark
    {...(met ? { shape: 'solid-tick', tone: 'proven', word: 'met' } : { shape: 'cross', tone: 'bad', word: 'not met' })}
  />
);

/** LIVE or DRILL, hatched when it is a drill. */
export const KindTag = ({ kind }: { readonly kind: 'live' | 'drill' }) => (
  <span className={`kind kind--${kind}`}>{kind === 'live' ? 'LIVE' : 'DRILL'}</span>
);

/** A sentence from the core; text between backticks is shown as code. */
export function InlineCode({ text }: { readonly text: string }) {
  // Odd parts were between two backticks. A backtick without a partner is an ordinary character.
  const parts = text.split(/`([^`]+)`/);
  return parts.map((part, index) =>
    index % 2 === 1 ? <code key={index}>{part}</code> : <Fragment key={index}>{part}</Fragment>,
  );
}
