/** `rollbook run`: declares or resumes a live incident in the terminal. */
import { steerIfWritable } from '#core/incidents/steer-if-writable.ts';
import { followUps, isOpen } from '#shared/incident/follow-ups.ts';
import { endedAsDeclared, incidentOutcome, outcomeText } from '#shared/incident/incident-outcome.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { OpenCore } from '#core/core.ts';
import { nothingProves } from '#core/engine/action.ts';
import type { Cores } from '#core/emergency/spare-core.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { coreOf, inStoreOrApart, type Tell } from '../emergency-store.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { type Answers, declareLive, type DeclareOptions } from './declare-live.ts';
import { listText } from './follow-ups.ts';
import { sayWaiting } from '../warnings.ts';
import { print, type Terminal } from '../terminal.ts';
import { NO_PROGRESS } from '../progress.ts';
import { introduction } from '../wizard/introduction.ts';
import { type Prompt, prompt as openPrompt } from '../wizard/prompt.ts';
import { runWizard } from '../wizard/run-wizard.ts';
import { invocation } from '../invocation.ts';

export interface RunOptions extends DeclareOptions {
  readonly resume?: string;
  /** Why it is taken from the Rollbook that works on it; only with `resume`. */
  readonly takeOver?: string;
  readonly json: boolean;
}

/** The cores, and a function that prints trouble of the store. */
export interface Stores {
  readonly cores: Cores;
  readonly tell: Tell;
}

export async function run(
  terminal: Terminal,
  { cores, tell }: Stores,
  file: string | undefined,
  options: RunOptions,
): Promise<ExitCode> {
  if (options.takeOver !== undefined && (options.resume === undefined || options.takeOver.trim() === '')) {
    const advice = `Write: ${invocation()} run --resume ID --take-over "why".`;
    throw new RollbookError('bad-arguments', '--take-over takes an open incident over, with a reason.', advice);
  }
  const talk = options.json ? { ...terminal, out: terminal.err, progress: NO_PROGRESS } : terminal;
  // One reader for the whole conversation: lines that arrive early wait in it for their question.
  const prompt = openPrompt(talk);
  const answers: Answers = { row: options.row };
  try {
    const { resume } = options;
    const { core, value: incidentId } =
      resume === undefined
        ? await inStoreOrApart(cores, tell, (each) =>
            declareLive({ terminal: talk, prompt, answers }, each, file, options),
          )
        : { core: await coreOf(cores, tell, resume), value: resume };
    if (incidentId === null) return EXIT.failed;
    const apart = core === cores.spare.core ? core.services.store.folder : null;
    return await goThrough({ terminal, talk, prompt, apart }, core, incidentId, options);
  } finally {
    prompt.close();
  }
}

interface Talk {
  readonly terminal: Terminal;
  /** Where the conversation is printed: on stderr if stdout gets a JSON document. */
  readonly talk: Terminal;
  readonly prompt: Prompt;
  /** Folder of the spare store, if the incident is kept there. */
  readonly apart: string | null;
}

async function goThrough(
  { terminal, talk, prompt, apart }: Talk,
  core: OpenCore,
  incidentId: string,
  options: RunOptions,
): Promise<ExitCode> {
  const { incidents, operator } = core.services;
  const incident = await incidents.open(incidentId);
  const held = incidents.summary(incidentId).heldBy !== null;
  if (held && options.takeOver !== undefined) await incident.takeOver(options.takeOver, operator);
  else await steerIfWritable(incident);
  await runWizard(talk, incident, core.services, introduction(incident), prompt);
  const { eventLog, runbook } = incident.context;
  remind(terminal, options.json, incident);
  const outcome = incidentOutcome(eventLog.state, runbook);
  const result = { incidentId, outcome, resolved: eventLog.state.resolvedAt !== null, operator };
  const standing = result.resolved ? outcomeText(eventLog.state, runbook) : `open, so far ${outcome}`;
  print(
    terminal,
    options.json,
    apart === null ? result : { ...result, keptIn: apart },
    () =>
      `\nIncident ${incidentId}: ${standing}. ${apart === null ? `Report: ${invocation()} export ${incidentId}` : keptText(incidentId, apart)}`,
  );
  if (sayWaiting(terminal, incidentId, incident.context.storageHealth.acts) || apart !== null) return EXIT.store;
  const asDeclared = endedAsDeclared(eventLog.state, runbook, nothingProves(incident.context));
  return asDeclared ? EXIT.ok : EXIT.failed;
}

/** Says in which folder an incident is kept that is not in the store, and which commands work for it. */
export const keptText = (incidentId: string, folder: string): string =>
  `It is kept in ${folder}, and put into the store by the next start of Rollbook that can write it. Then its report is: ${invocation()} export ${incidentId}. Until then the window shows it: ${invocation()} serve`;

/** Prints the open follow-ups. */
function remind(terminal: Terminal, json: boolean, { context }: OpenIncident): void {
  const now = context.eventLog.now();
  const due = followUps(context.eventLog.state, context.runbook, now);
  if (!due.some(isOpen)) return;
  const text = `\nFollow-ups (${invocation()} follow-ups ${context.incidentId}):\n${listText(due, now)}\n`;
  (json ? terminal.err : terminal.out)(text);
}
