/**
 * Walks a drill to its end by always taking the primary action: the path a person takes with Enter alone. It changes to another
 * procedure only where the scenario declares it.
 */
import { checklistStanding } from '#shared/incident/checklist.ts';
import { backupStanding } from '#shared/platforms/supabase/backups.ts';
import { usualSqlFile } from '#shared/platforms/supabase/migrations.ts';
import { wordToType } from '#shared/platforms/postgres/target.ts';
import { allSteps } from '#shared/incident/branches.ts';
import { AUTOPILOT_SUMMARY } from '#shared/drills/record.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import type { Ask } from '#shared/steps/action.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import { serviceState, undecided } from '#shared/incident/services.ts';
import type { Runbook, Step } from '#shared/runbook/model.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { missingValues } from '#shared/incident/variables.ts';
import { declaredSwitches, dueSwitch } from './declared-switches.ts';
import { settledInTime } from './drill-timeouts.ts';

/** The answers of the autopilot to each question; null: it has none, and the drill ends there. */
type Answer = (state: IncidentState, runbook: Runbook, step: Step | undefined) => readonly Intent[] | null;

const ANSWERS: Readonly<Record<Ask, Answer>> = {
  procedure: (_state, runbook) => {
    const [procedure] = runbook.procedures;
    return procedure
      ? [{ kind: 'choose-procedure', procedureId: procedure.id, reason: 'the first of the runbook' }]
      : null;
  },
  checklist: (state, runbook) => {
    const standing = checklistStanding(state, runbook);
    return (standing?.items ?? [])
      .filter(({ open }) => open)
      .map(({ check, known }): Intent => {
        const observed = known === '' ? 'as expected in the drill' : known;
        return { kind: 'tick', stepId: standing?.checklist.id ?? '', checkId: check.id, ticked: true, observed };
      });
  },
  'fix-forward': () => [{ kind: 'confirm-symptom-gone', observed: 'The fix works in the drill.' }],
  approval: () => [{ kind: 'record-approval', who: 'Drill lead', role: 'Manager', how: 'drill', words: 'Go ahead.' }],
  release: (state, _runbook, step) => {
    const version = state.releases?.proposed ?? null;
    if (version === null || step === undefined) return null;
    return [{ kind: 'choose-release', stepId: step.id, version, immediate: false }];
  },
  releases: (state, runbook, step) => {
    if (step === undefined) return null;
    const picks = undecided(state, step, runbook).map((service) => {
      const version = serviceState(state, service).releases?.proposed ?? null;
      return { service, version, reason: version === null ? 'nothing is proposed' : '' };
    });
    if (picks.every(({ version }) => version === null)) return null;
    return [{ kind: 'choose-releases', stepId: step.id, picks, immediate: false }];
  },
  symptom: () => [{ kind: 'confirm-symptom-gone', observed: 'Health answers 200 in the drill.' }],
  checks: (_state, _runbook, step) => {
    if (step === undefined) return null;
    const observed = 'as expected in the drill';
    const ticks = step.checks.map(
      ({ id }): Intent => ({ kind: 'tick', stepId: step.id, checkId: id, ticked: true, observed }),
    );
    return [...ticks, { kind: 'confirm-step', stepId: step.id, observed }];
  },
  'by-hand': () => null,
  // A recording has the answers of the incident.
  values: (state, runbook, step) => {
    const known = state.declared.drill?.recording?.values ?? {};
    const names = step === undefined ? [] : missingValues(state, runbook, step).map(({ name }) => name);
    if (step === undefined || names.some((name) => known[name] === undefined)) return null;
    const values = Object.fromEntries(names.map((name) => [name, known[name] ?? '']));
    return [{ kind: 'give-values', stepId: step.id, values }];
  },
  restore: () => null,
  login: () => null,
  dashboard: () => null,
  database: ({ database }, _runbook, step) => {
    if (step === undefined || database.identified === null) return null;
    return [{ kind: 'confirm-database', stepId: step.id, typed: wordToType(database.identified.target) }];
  },
  // A red gate is a person's to pass: without an older backup the drill ends here.
  migration: ({ database: { migrations } }, _runbook, step) => {
    const chosen = migrations?.migrations.find(({ version }) => version === migrations.proposed);
    if (step === undefined || migrations === null || chosen === undefined) return null;
    if (!backupStanding(migrations.backups, chosen.at, migrations.backupProblem).older) return null;
    const { version } = chosen;
    return [{ kind: 'choose-migration', stepId: step.id, version, sqlFile: usualSqlFile(chosen), reason: '' }];
  },
  checkpoint: ({ watch }, _runbook, step) =>
    step === undefined || watch?.asking == null
      ? null
      : [
          {
            kind: 'answer-checkpoint',
            stepId: step.id,
            minute: watch.asking,
            well: true,
            observed: 'as expected in the drill',
          },
        ],
  resolve: () => null,
};

/**
 * Resolves when the incident is resolved, which it does with `summary`. Acts as `actor`; ids come from `newId`. Another
 * summary makes it the drill of a person, which counts in the schedule.
 */
export async function autopilot(
  incident: OpenIncident,
  actor: string,
  newId: () => string,
  summary: string = AUTOPILOT_SUMMARY,
): Promise<void> {
  const { eventLog, runbook } = incident.context;
  const send = async (intents: readonly Intent[]): Promise<void> => {
    for (const intent of intents) await incident.act(intent, actor, newId(), eventLog.state.seq, 'refuse');
  };
  const answering = incident.follow((events) => {
    // Asked while the watch continues, so it is answered beside it.
    if (!events.some(({ kind }) => kind === 'checkpoint.asked')) return;
    const step = runbook.procedures.flatMap(({ steps }) => steps).find(({ id }) => id === eventLog.state.watch?.stepId);
    void send(ANSWERS.checkpoint(eventLog.state, runbook, step) ?? []).catch(() => undefined);
  });
  try {
    await walk(incident, send, summary);
  } finally {
    answering();
  }
}

async function walk(
  incident: OpenIncident,
  send: (intents: readonly Intent[]) => Promise<void>,
  summary: string,
): Promise<void> {
  const resolve: readonly Intent[] = [{ kind: 'resolve', summary }];
  const { eventLog, runbook } = incident.context;
  const switches = await declaredSwitches(eventLog.state);
  for (;;) {
    await settledInTime(incident, (intent) => send([intent]));
    const action = nextAction(eventLog.state, runbook);
    if (action.kind === 'finished') return;
    const other = dueSwitch(switches, eventLog.events, action);
    // Something that cannot be done twice in a row without a change is where the drill ends.
    if (action.kind === 'decide' || action.kind === 'wait' || eventLog.state.problem !== null) await send(resolve);
    else if (other !== null) await send([other]);
    else if (action.kind === 'do') await send([action.intent]);
    else {
      const step = allSteps(runbook).find(({ id }) => id === action.stepId);
      await send(ANSWERS[action.ask](eventLog.state, runbook, step) ?? resolve);
    }
  }
}
