/** The card before a change that the runbook writes itself: the command, its target, the way back, and what will prove it. */
import type { Command, Runbook, Step } from '#shared/runbook/model.ts';
import { provedBy, provesItself } from '#shared/runbook/services.ts';
import { proofsOf, takesProofs } from '#shared/steps/proofs.ts';
import { definitionOf } from '#shared/steps/registry.ts';
import { type IncidentState, procedureOf } from './state.ts';
import { commandText, textWithValues } from './variables.ts';

export interface ChangeCard {
  /** As it will run, with its values. */
  readonly command: string;
  /** The service of the incident; null: none was named. */
  readonly target: string | null;
  /** The command that takes it back, which the runbook declares (`undo=`); null: none is. */
  readonly undo: string | null;
  /** What to say where there is no such command. */
  readonly noUndo: string;
  readonly proof:
    | { readonly kind: 'commands'; readonly commands: readonly string[] }
    /** The same release runs, and what the service declares. */
    | { readonly kind: 'same-release'; readonly also: readonly string[] }
    /** The step after it only reads: what it shows may be the proof, and a person decides. */
    | { readonly kind: 'next-step'; readonly title: string }
    | { readonly kind: 'nothing' };
}

/** Null when the next action of the step is not such a change. */
export function changeCard(state: IncidentState, runbook: Runbook, step: Step): ChangeCard | null {
  if (!takesProofs(step)) return null;
  const next = definitionOf(step).next(state, runbook, step);
  if (next.kind !== 'do' || next.intent.kind !== 'run-change') return null;
  const { commandId } = next.intent;
  const command = step.commands.find(({ id }) => id === commandId);
  if (command === undefined) return null;
  return {
    command: commandText(command, state, runbook),
    target: state.declared.service || null,
    undo: command.undo === undefined ? null : textWithValues(command.undo, state, runbook),
    noUndo: definitionOf(step).keepsRelease === true ? KEEPS_RELEASE : NO_UNDO,
    proof: proofOf(state, runbook, step),
  };
}

function proofOf(state: IncidentState, runbook: Runbook, step: Step): ChangeCard['proof'] {
  const proofs = proofsOf(step);
  const { service } = state.declared;
  if (definitionOf(step).keepsRelease === true && provesItself(runbook, service))
    return {
      kind: 'same-release',
      also: [...provedBy(runbook, service), ...proofs.map((proof) => commandText(proof, state, runbook))],
    };
  if (proofs.length > 0)
    return { kind: 'commands', commands: proofs.map((proof) => commandText(proof, state, runbook)) };
  if (definitionOf(step).keepsRelease === true) return { kind: 'nothing' };
  const steps = procedureOf(state, runbook)?.steps ?? [];
  const after = steps[steps.findIndex(({ id }) => id === step.id) + 1];
  return after !== undefined && looks(after) ? { kind: 'next-step', title: after.title } : { kind: 'nothing' };
}

/** It has something to look at, and changes nothing. */
const looks = ({ commands, checks }: Step): boolean =>
  commands.length + checks.length > 0 && commands.every(({ effect }: Command) => effect === 'read');

export const targetOf = ({ target }: ChangeCard): string =>
  target ?? 'no service was named; the command says what it changes';

const NO_UNDO = 'no undo declared';
const KEEPS_RELEASE = 'a restart cannot be undone; it keeps the release';

export function proofText(proof: ChangeCard['proof']): string {
  switch (proof.kind) {
    case 'commands':
      return proof.commands.join('; ');
    case 'same-release':
      return `what runs now runs again; ${proof.also.join('; ')}`;
    case 'next-step':
      return `nothing by itself; the next step, "${proof.title}", shows whether it worked, and you decide`;
    case 'nothing':
      return 'nothing proves this: it ends unverified, and you decide';
  }
}
