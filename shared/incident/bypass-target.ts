/** What is typed to go on without approval: the part of the target that can be wrong. */
import { wordToType } from '../platforms/postgres/target.ts';
import type { Runbook } from '../runbook/model.ts';
import { definitionOf } from '../steps/registry.ts';
import { procedureOf } from './state.ts';
import type { IncidentState } from './state.ts';

/** In a procedure that changes a database, once it was identified, that database; otherwise the service. */
export function bypassTarget(state: IncidentState, runbook: Runbook): string {
  const { identified } = state.database;
  const steps = procedureOf(state, runbook)?.steps ?? [];
  const changesDatabase = steps.some((step) => definitionOf(step).changesDatabase === true);
  return changesDatabase && identified !== null ? wordToType(identified.target) : state.declared.service;
}

/** At least the last four letters; a shorter word whole. */
export function isBypassTyped(target: string, typed: string): boolean {
  const given = typed.trim().toLowerCase();
  return given.length >= Math.min(4, target.length) && target.toLowerCase().endsWith(given);
}
