/** The work of a process until it is killed: opens a data folder, declares or resumes an incident, and acts in it. */
import { closeSync, openSync, writeSync } from 'node:fs';
import { type OpenCore, openCore } from '#core/core.ts';
import { autopilot } from '#core/drills/autopilot.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import type { Ports } from '#core/ports.ts';
import { systemPorts } from '#core/system-ports.ts';
import type { Envelope } from '#shared/incident/event.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { ulid } from 'ulid';
import { acceleratedPorts } from '../../tools/accelerated-ports.ts';
import { virtualTime } from '../../tools/virtual-time.ts';

/** The start of the clock that all processes of a story share, ms since the Unix epoch. */
export type ErrandTime =
  /** For simulated tools. */
  | { readonly kind: 'virtual'; readonly at: number }
  /** For real programs, which mostly wait. */
  | { readonly kind: 'accelerated'; readonly by: number; readonly since: number };

export type Begin =
  | { readonly kind: 'drill'; readonly scenario: string }
  | { readonly kind: 'live'; readonly runbook: string; readonly service: string; readonly detectedAt: number };

/** An intent with a fixed id, so that it can be sent again after a kill. */
export interface Act {
  readonly id: string;
  readonly intent: Intent;
}

/** Plain data, which is passed to the process as JSON. */
export interface Errand {
  /** Absolute path of the data folder. */
  readonly folder: string;
  /** null: resumes the incident in the folder. */
  readonly begin: (Begin & { readonly intentId: string }) | null;
  /** Sent one after the other; `autopilot` plays the rest of the incident. */
  readonly acts: readonly Act[] | 'autopilot';
  readonly time: ErrandTime;
  /** Absolute path of a file to which each event is written, as a line of JSON, after it is reported as stored. */
  readonly told: string;
  /** After this many transactions the process kills itself, before it reports the last one; null: never. */
  readonly dieAt: number | null;
}

export interface PassingPorts {
  readonly ports: Ports;
  /** Waits for the promise, and lets virtual time pass. */
  readonly passing: <T>(promise: Promise<T>) => Promise<T>;
  readonly end: () => void;
}

export function portsOf(time: ErrandTime): PassingPorts {
  if (time.kind === 'accelerated')
    return { ports: acceleratedPorts(time.by, time.since), passing: (promise) => promise, end: () => undefined };
  const virtual = virtualTime(time.at);
  return {
    ports: { ...systemPorts(), clock: virtual.clock },
    passing: (promise) => virtual.passUntil(promise),
    end: () => virtual.end(),
  };
}

/** Answers the number of its transactions. */
export async function doErrand(errand: Errand): Promise<number> {
  const { ports, passing, end } = portsOf(errand.time);
  let commits = 0;
  const committed = (): void => {
    commits += 1;
    if (commits === errand.dieAt) process.kill(process.pid, 'SIGKILL');
  };
  const core = await openCore({ host: 'cli', folder: errand.folder, ports, committed, report: () => undefined });
  const file = openSync(errand.told, 'a', 0o600);
  const tell = (events: readonly Envelope[]): void => {
    for (const event of events) writeSync(file, `${JSON.stringify(event)}\n`);
  };
  try {
    const incident = await passing(begun(core, errand));
    tell(core.services.store.events(incident.context.incidentId));
    incident.follow(tell);
    await passing(incident.captured());
    if (errand.acts === 'autopilot') await passing(autopilot(incident, 'ann', ulid));
    else for (const act of errand.acts) await passing(acted(incident, act));
    return commits;
  } finally {
    await passing(core.close());
    end();
    closeSync(file);
  }
}

async function acted(incident: OpenIncident, { intent, id }: Act): Promise<void> {
  await incident.act(intent, 'ann', id, incident.context.eventLog.state.seq);
  await incident.settled();
}

async function begun(core: OpenCore, { begin }: Errand): Promise<OpenIncident> {
  const { incidents } = core.services;
  const incident = await incidents.open(
    begin === null ? (incidents.list()[0]?.id ?? '') : await declared(core, begin, begin.intentId),
  );
  await incident.steer();
  await incident.settled();
  return incident;
}

/** Declares with a fixed intent id, so that the incident is declared only once. */
export async function declared({ services }: OpenCore, begin: Begin, intentId: string): Promise<string> {
  const { runbooks, drills, incidents } = services;
  if (begin.kind === 'drill')
    return await drills.start({ scenario: begin.scenario, speed: 600, actor: 'ann', intentId });
  const { hash } = await runbooks.importFile(begin.runbook);
  await runbooks.trust(hash, 'ann');
  return await incidents.declare(
    {
      intentId,
      runbook: hash,
      rowLine: (await runbooks.open(hash)).model.matrix.rows[0]?.line ?? null,
      severity: 'P0',
      title: 'Down',
      symptom: 'All pages answer 503',
      service: begin.service,
      detectedAt: begin.detectedAt,
    },
    'ann',
  );
}
