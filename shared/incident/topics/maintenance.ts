/** Maintenance mode and the fast stop. Undoing each is owed until it is proven. */
import type { PayloadOf } from '../event.ts';
import { MACHINES_OWED, addOwed, machinesSeen, settleOwed } from '../service-down.ts';
import { type IncidentState, NO_STEP, stepState } from '../state.ts';
import { because } from '../timeline-words.ts';
import { contained, effective, notContained } from './state-changes.ts';
import { type Topic, always, attention, ruleFound } from './topic.ts';

export const MAINTENANCE: Topic<'maintenance.checked' | 'machines.stopping' | 'machines.checked'> = {
  'maintenance.checked': {
    apply: (state, { at, payload }) => {
      const next = maintenanceChecked(state, payload, at);
      // Switching it off is proven by the service answering users; a person says whether the symptom is gone.
      return payload.mode === 'off' && payload.met === true
        ? effective({ ...next, proofMetAt: next.proofMetAt ?? at }, at)
        : next;
    },
    source: 'app',
    starred: always,
    tone: (p) => (p.met === null ? 'attention' : p.met ? 'good' : 'bad'),
    text: (p) => `Maintenance mode ${p.mode} ${p.met === true ? 'proven' : 'not proven'}${because(p.detail)}`,
    report: {
      findings: (p) => [
        {
          rule: `maintenance-${p.mode}`,
          result: p.met === null ? 'not declared' : p.met ? 'met' : 'not met',
          detail: p.detail,
        },
      ],
    },
  },
  'machines.stopping': {
    apply: (state, { at, payload }) => machinesStopping(state, payload, at),
    source: 'app',
    starred: always,
    tone: attention,
    text: (p) =>
      `About to stop all machines of ${p.service}: ${p.running.length} of ${p.machines.length} run (${p.running.join(', ')})`,
  },
  'machines.checked': {
    apply: (state, { at, payload }) => {
      const next = machinesChecked(state, payload, at);
      return payload.what === 'start' && payload.met
        ? effective({ ...next, proofMetAt: next.proofMetAt ?? at }, at)
        : next;
    },
    source: 'app',
    starred: always,
    tone: (p) => (p.met ? 'good' : 'bad'),
    text: (p) => {
      const unmet = p.findings.filter(({ met }) => !met).map(({ detail }) => detail);
      return `${p.what === 'stop' ? 'Stop' : 'Start'} of all machines of ${p.service} ${p.met ? 'proven' : 'not proven'}${because(unmet.join(' '))}`;
    },
    report: { findings: (p) => p.findings.map(ruleFound) },
  },
};

function maintenanceChecked(
  state: IncidentState,
  payload: PayloadOf<'maintenance.checked'>,
  at: number,
): IncidentState {
  const { stepId, mode, offStepId, met, detail } = payload;
  const finding = { rule: `maintenance-${mode}`, met: met === true, detail };
  const proof = { stepId, met: met === true, before: [], after: [], findings: [finding], at };
  const step = { ...stepState(state, stepId), proof };
  const next = { ...state, steps: { ...state.steps, [stepId]: step } };
  if (mode === 'on') {
    const on = {
      ...next,
      maintenance: { on: true, since: at, offStepId, shown: met === true },
      deferred: addOwed(state, offStepId ?? stepId, 'Maintenance mode is on'),
    };
    return met === true ? contained(on, 'maintenance', at) : notContained(on, 'maintenance');
  }
  if (met !== true || state.maintenance === null) return next;
  return {
    ...next,
    maintenance: { ...state.maintenance, on: false, shown: false },
    deferred: settleOwed(state, stepId, 'Maintenance mode is off'),
  };
}

function machinesStopping(
  state: IncidentState,
  { service, startStepId, stepId, machines, running }: PayloadOf<'machines.stopping'>,
  at: number,
): IncidentState {
  const before = state.stoppedMachines?.open === true ? state.stoppedMachines : null;
  // On a second try the machines stopped by the first one no longer run, but must still be started again.
  const ids = [...new Set([...(before?.running ?? []), ...running])];
  const groups = machines.filter(({ id }) => running.includes(id)).map(({ group }) => group);
  return {
    ...state,
    // A second stop in the same incident has to be undone again.
    steps: { ...state.steps, ...(startStepId === null || before !== null ? {} : { [startStepId]: NO_STEP }) },
    stoppedMachines: {
      open: true,
      service,
      since: before?.since ?? at,
      backAt: null,
      startStepId,
      running: ids,
      groups: [...new Set([...(before?.groups ?? []), ...groups])],
      proven: false,
    },
    deferred: addOwed(state, startStepId ?? stepId, MACHINES_OWED),
  };
}

function machinesChecked(state: IncidentState, payload: PayloadOf<'machines.checked'>, at: number): IncidentState {
  const { stepId, service, what, startStepId, met, machines, findings } = payload;
  const proof = { stepId, met, before: [], after: [], findings, at };
  const seen = { ...state, steps: { ...state.steps, [stepId]: { ...stepState(state, stepId), proof } } };
  if (what === 'stop') {
    // Stopped by hand: it is not known which machines ran, so all of them are started again.
    const running = machines.map(({ id }) => id);
    const known =
      state.stoppedMachines?.open === true
        ? seen
        : machinesStopping(seen, { stepId, service, startStepId, machines, running }, at);
    const { stoppedMachines } = known;
    if (stoppedMachines === null) return known;
    const stopped = { ...known, stoppedMachines: { ...stoppedMachines, proven: met } };
    if (met) return contained(stopped, 'machines', at);
    const notStopped = notContained(stopped, 'machines');
    // Only after they were seen stopped: a stop that was only asked for may still take effect.
    return state.stoppedMachines?.proven === true ? machinesSeen(notStopped, { service, machines, at }) : notStopped;
  }
  if (!met || state.stoppedMachines === null) return seen;
  return {
    ...seen,
    stoppedMachines: { ...state.stoppedMachines, open: false, proven: false, backAt: at },
    deferred: settleOwed(state, stepId, 'All machines are started again'),
  };
}
