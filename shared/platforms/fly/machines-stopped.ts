/**
 * The post-conditions of stopping all machines and of starting them again (product rule 10). `fly machine stop` and `start` end with 0
 * as soon as Fly has taken the request (flyctl internal/command/machine/stop.go, without --wait-timeout), so only what
 * the machines and the public address show counts.
 */
import { count } from '#shared/words/count.ts';
import { type HealthAnswer, healthAnswers } from '../health.ts';
import { passingChecks } from './proof.ts';
import { isRunning } from './machine-states.ts';
import type { ListedMachine } from './status.ts';

export interface MachineFinding {
  readonly rule: string;
  readonly met: boolean;
  readonly detail: string;
}

const listed = (machines: readonly ListedMachine[]): string =>
  machines.map(({ id, state }) => `${id} is ${state}`).join(', ');

/** True when all machines have stopped and none can be started by a request. */
export const areAtRest = (machines: readonly ListedMachine[]): boolean =>
  machines.length > 0 && !machines.some(isRunning);

/**
 * `machines` were read after the address was asked: a machine that the proxy may still start would run again by then.
 * `health` is empty where no address is declared.
 */
export function evaluateStopped(
  machines: readonly ListedMachine[],
  health: readonly HealthAnswer[],
): readonly MachineFinding[] {
  return [atRest(machines), ...cordoned(machines), ...(health.length === 0 ? [] : [servesNobody(health)])];
}

function atRest(machines: readonly ListedMachine[]): MachineFinding {
  const rule = 'machines-stopped';
  if (machines.length === 0) return { rule, met: false, detail: 'There is no machine to look at.' };
  const running = machines.filter(isRunning);
  if (running.length > 0)
    return { rule, met: false, detail: `${running.length} of ${machines.length} still run: ${listed(running)}.` };
  const [only] = machines;
  return {
    rule,
    met: true,
    detail: machines.length === 1 ? `The one machine is ${only?.state}.` : `All ${machines.length} machines stand.`,
  };
}

/** Where flyctl does not print whether a machine is cordoned, the public address decides. */
function cordoned(machines: readonly ListedMachine[]): readonly MachineFinding[] {
  if (machines.length === 0 || machines.some((machine) => machine.cordoned === null)) return [];
  const open = machines.filter((machine) => machine.cordoned === false).map(({ id }) => id);
  const rule = 'machines-cordoned';
  return open.length === 0
    ? [{ rule, met: true, detail: 'The next request cannot start one: all are cordoned.' }]
    : [
        {
          rule,
          met: false,
          detail: `The next request may start them again, they are not cordoned: ${open.join(', ')}.`,
        },
      ];
}

/** A status below 500 comes from a machine; without one Fly's proxy answers 502 or 503. */
function servesNobody(health: readonly HealthAnswer[]): MachineFinding {
  const rule = 'nobody-served';
  const served = health.find((answer) => answer.kind === 'answer' && answer.status < 500);
  return served?.kind === 'answer'
    ? { rule, met: false, detail: `The health address still answers ${served.status}.` }
    : { rule, met: true, detail: `The health address served nobody, asked ${count(health.length, 'time')}.` };
}

/** `wanted`: the ids of the machines that ran before the stop. Machines that were stopped then do not count. */
export function evaluateStarted(
  wanted: readonly string[],
  machines: readonly ListedMachine[],
  health: readonly HealthAnswer[],
): readonly MachineFinding[] {
  const own = machines.filter(({ id }) => wanted.includes(id));
  return [allStarted(wanted, own), ...uncordoned(own), passingChecks({ machines: own }), healthAnswers(health)];
}

function allStarted(wanted: readonly string[], machines: readonly ListedMachine[]): MachineFinding {
  const rule = 'machines-started';
  if (wanted.length === 0) return { rule, met: false, detail: 'There is no machine to start.' };
  const gone = wanted.filter((id) => !machines.some((machine) => machine.id === id));
  if (gone.length > 0) return { rule, met: false, detail: `Not there any more: ${gone.join(', ')}.` };
  const waiting = machines.filter(({ state }) => state !== 'started');
  return waiting.length > 0
    ? { rule, met: false, detail: `${waiting.length} of ${wanted.length} not started: ${listed(waiting)}.` }
    : { rule, met: true, detail: `Started again: ${wanted.length} of ${count(wanted.length, 'machine')}.` };
}

function uncordoned(machines: readonly ListedMachine[]): readonly MachineFinding[] {
  const held = machines.filter((machine) => machine.cordoned === true).map(({ id }) => id);
  if (machines.length === 0 || machines.some((machine) => machine.cordoned === null)) return [];
  const rule = 'machines-uncordoned';
  return held.length === 0
    ? [{ rule, met: true, detail: 'None is cordoned.' }]
    : [{ rule, met: false, detail: `Still cordoned, so nobody reaches them: ${held.join(', ')}.` }];
}
