/** The whole wizard in a terminal: the same primary action, the same acts and the same proof as in a window. */
import { count } from '#shared/words/count.ts';
import { allSteps } from '#shared/incident/branches.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { nextAction } from '#shared/incident/next-action.ts';
import { toFailure } from '#shared/api/result.ts';
import type { Services } from '#core/handlers/handler.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { actAndSay } from '../act.ts';
import type { Terminal } from '../terminal.ts';
import { type Prompt, prompt as openPrompt } from './prompt.ts';
import { aside, QuestionOver, reminders, withAsides } from './asides.ts';
import type { Asking } from './asking.ts';
import { askFor } from './questions.ts';
import { unlessLeft } from './step-words.ts';
import { runsOnText, startsYet, stopAtStart, stopIntent } from './stop-words.ts';
import { followIncident } from './follow-incident.ts';
import { readOutputs } from './read-outputs.ts';
import { clockLine, progressText, stepText, underWay } from './introduction.ts';
import { undoCard } from './undo-cards.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import { asTypedHere, invocation } from '../invocation.ts';

/** Exit code after Ctrl-C, as shells expect it: 128 and the number of SIGINT. */
const INTERRUPTED = 130;

/**
 * Ends when the incident is resolved, or when the input ends; `rollbook run --resume` then continues. `first` is
 * printed once Ctrl-C is handled. `lines`: an open reader, which is closed at the end.
 */
export async function runWizard(
  terminal: Terminal,
  incident: OpenIncident,
  services: Services,
  first = '',
  lines: Prompt = openPrompt(terminal),
): Promise<void> {
  const { context } = incident;
  const say = (text: string): void => terminal.out(text);
  const prompt = withAsides(lines, incident, services.operator, say);
  const leftOpen = (): string =>
    `\n${runsOnText(context.eventLog.state)}Left open. Go on with: ${invocation()} run --resume ${context.incidentId}\n`;
  const interrupted = (): void => {
    say(leftOpen());
    process.exit(INTERRUPTED);
  };
  process.once('SIGINT', interrupted);
  // The script that started it (build/rollbook.mjs) was killed and could tell nobody.
  process.once('disconnect', interrupted);
  say(first);
  say(underWay(incident));
  let told: typeof context.eventLog.state.problem = null;
  let shown: string | null = null;
  const printReads = readOutputs(incident, say);
  const underWayShown = async <T>(work: Promise<T>): Promise<T> => {
    const stopProgress = terminal.progress(() => progressText(incident));
    return await work.finally(stopProgress);
  };
  const unfollow = followIncident(incident, services, say);
  try {
    for (;;) {
      await underWayShown(whileUnderWay(incident, prompt, services, say, incident.settled()));
      await printReads();
      const { problem, resolvedAt } = context.eventLog.state;
      // Each problem once, and none from before the incident was resolved.
      if (problem !== null && problem !== told && resolvedAt === null)
        say(`\n${problem.message}\n  ${asTypedHere(problem.advice)}\n`);
      told = problem;
      const action = nextAction(context.eventLog.state, context.runbook);
      if (action.kind === 'finished') return;
      if (action.kind === 'wait') {
        // Nothing runs in this process: wait for events of another one, or until the store takes writes again.
        const heard = nextEvents(incident).then(() => true);
        const over = incident.steering ? heard : Promise.race([heard, prompt.over.then(() => false)]);
        if (!(await underWayShown(whileUnderWay(incident, prompt, services, say, over)))) return say(leftOpen());
        continue;
      }
      if (action.stepId !== shown) say(stepText(context, action.stepId));
      shown = action.stepId;
      say(`\n${clockLine(incident)}\n${reminders(incident)}`);
      let intents: readonly Intent[] | null;
      try {
        const send = (now: readonly Intent[]): Promise<boolean> => sendAll(incident, now, services.operator, say);
        const asking: Asking = { context, prompt, say, cwd: terminal.cwd, send };
        const step = allSteps(context.runbook).find(({ id }) => id === action.stepId);
        intents = await unlessLeft(asking, step, (heard) =>
          action.kind === 'do' ? confirmDo(heard, incident, action) : askFor(heard, action),
        );
      } catch (thrown) {
        if (thrown instanceof QuestionOver) continue;
        throw thrown;
      }
      if (intents === null) return say(leftOpen());
      await sendAll(incident, intents, services.operator, say);
    }
  } finally {
    unfollow();
    process.off('SIGINT', interrupted);
    process.off('disconnect', interrupted);
    prompt.close();
  }
}

/** Only an empty line does it: whatever else was meant, it was not that. */
async function confirmDo(
  asking: Asking,
  incident: OpenIncident,
  action: Extract<ReturnType<typeof nextAction>, { kind: 'do' }>,
): Promise<readonly Intent[] | null> {
  if (action.changes) asking.say(undoCard(incident, action.stepId));
  const ways =
    action.stepId === null
      ? '"help" lists what else can be typed'
      : '"skip" leaves the step out, "hand" if you ran it elsewhere, "other" for another way';
  for (;;) {
    const typed = await asking.prompt.ask(`${visibleCommand(action.label)}? Enter does it, ${ways}: `);
    if (typed === null) return null;
    if (typed === '') return [action.intent];
    asking.say(`"${typed}" is not understood, and nothing was done. Enter alone does it; ${ways}.\n`);
  }
}

/** True if all were accepted. The first refusal is printed, and no later intent is sent. */
async function sendAll(
  incident: OpenIncident,
  intents: readonly Intent[],
  actor: string,
  say: (text: string) => void,
): Promise<boolean> {
  for (const intent of intents) {
    try {
      await actAndSay(incident, intent, actor, (text) => say(`\n${text}`));
    } catch (thrown) {
      const { message, advice } = toFailure(thrown);
      say(`\n${message}\n${advice === undefined ? '' : `  ${asTypedHere(advice)}\n`}`);
      return false;
    }
  }
  return true;
}

/** Takes what is typed meanwhile, and answers what `until` does; "stop" interrupts the command that runs, or ends the watch. */
async function whileUnderWay<T>(
  incident: OpenIncident,
  prompt: Prompt,
  services: Services,
  say: (text: string) => void,
  until: Promise<T>,
): Promise<T> {
  const over = new AbortController();
  const send = (intent: Intent): void => void sendAll(incident, [intent], services.operator, say);
  const take = (line: string): void => {
    if (/^stop$/i.test(line) && startsYet(incident)) {
      say('Stop asked. The command is interrupted as soon as it runs.\n');
      stopAtStart(incident, over.signal, send);
      return;
    }
    const intent = ANSWER.test(line)
      ? checkpointAnswer(incident, line, say)
      : stopIntent(incident, line.toLowerCase() === 'kill' ? 'kill' : 'stop', say);
    if (intent !== null) send(intent);
  };
  const listening = prompt.listenWhile(over.signal, MEANT, take, (line) => {
    void aside(incident, line, services.operator, say);
  });
  const asking = incident.follow((events) => {
    const minute = incident.context.eventLog.state.watch?.asking ?? null;
    if (minute === null || !events.some(({ kind }) => kind === 'checkpoint.asked')) return;
    say(
      `\nCheckpoint after ${count(minute, 'minute')}: how is it? Type "well" or "bad" and what you see. The watch goes on.\n`,
    );
  });
  const answer = await until;
  over.abort();
  asking();
  await listening;
  return answer;
}

function nextEvents(incident: OpenIncident): Promise<void> {
  return new Promise((resolve) => {
    const stop = incident.follow(() => {
      stop();
      resolve();
    });
  });
}

/** Lines that mean something while a command runs. */
const MEANT = /^(?:stop|kill)$|^(?:well|bad)\b/i;

/** An answer to a checkpoint. */
const ANSWER = /^(well|bad)\b\W*(.*)$/i;

function checkpointAnswer({ context }: OpenIncident, line: string, say: (text: string) => void): Intent | null {
  const { watch } = context.eventLog.state;
  const [, word = '', observed = ''] = ANSWER.exec(line) ?? [];
  if (watch?.asking == null) {
    say(`No checkpoint is open: "${line}" was not recorded, and nothing was stopped. /note keeps it.\n`);
    return null;
  }
  const well = word.toLowerCase() === 'well';
  return {
    kind: 'answer-checkpoint',
    stepId: watch.stepId,
    minute: watch.asking,
    well,
    observed: observed === '' ? (well ? 'all well' : 'the trouble is back') : observed,
  };
}
