/**
 * Words behind a slash that can be typed at any moment, whatever is asked or running. Each row has the intents or the
 * text that a word becomes.
 */
import { checklistStanding, evidenceKnown } from '#shared/incident/checklist.ts';
import { obligations } from '#shared/incident/obligations.ts';
import { servicesDown } from '#shared/incident/service-down.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { rowAdvice, rowOf } from '#shared/incident/matrix-row.ts';
import { STATUS_NOW, statusNow } from '#shared/incident/messages.ts';
import { incidentProcedures } from '#shared/runbook/practice-procedures.ts';
import { toFailure } from '#shared/api/result.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { clockTime } from '#shared/words/clock-time.ts';
import { outputOf } from './read-outputs.ts';
import { blanksText, fillIn, messageText } from './messages.ts';
import type { Prompt } from './prompt.ts';
import { actAndSay } from '../act.ts';
import { asTypedHere } from '../invocation.ts';

const HOUR_MS = 3_600_000;

/** The question that was open does not fit any more. */
export class QuestionOver extends Error {}

interface Aside {
  readonly usage: string;
  readonly does: string;
  /** Intents to send, or text to print. */
  readonly run: (incident: OpenIncident, words: readonly string[]) => readonly Intent[] | string | Promise<string>;
}

const ASIDES: Readonly<Record<string, Aside>> = {
  '/severity': {
    usage: '/severity P0 [reason]',
    does: 'raise or lower the severity; the target follows',
    run: (_incident, [to = '', ...reason]) => {
      const severity = (['P0', 'P1', 'P2', 'P3'] as const).find((each) => each === to.toUpperCase());
      if (severity === undefined) return 'Name P0, P1, P2 or P3.';
      return [{ kind: 'change-severity', to: severity, reason: reason.join(' ') }];
    },
  },
  '/row': {
    usage: '/row [N] [reason]',
    does: 'use another row of the matrix, with its severity and target; without N, list them',
    run: ({ context }, [number = '', ...reason]) => {
      const { rows } = context.runbook.matrix;
      const row = rows[Number(number) - 1];
      if (row === undefined)
        return rows
          .map((each, index) => `${index + 1}. ${each.severity} ${each.condition}, ${each.target.text}`)
          .join('\n');
      return [{ kind: 'choose-row', line: row.line, reason: reason.join(' ') }];
    },
  },
  '/forward': {
    usage: '/forward [reason]',
    does: 'fix forward instead of rolling back (P2 and P3)',
    run: (_incident, reason) => [{ kind: 'fix-forward', reason: reason.join(' ') }],
  },
  '/procedure': {
    usage: '/procedure [N] [reason]',
    does: 'switch to another procedure; without N, list them',
    run: ({ context }, [number = '', ...reason]) => {
      const procedures = incidentProcedures(context.runbook);
      const procedure = procedures[Number(number) - 1];
      if (procedure === undefined) return procedures.map(({ title }, index) => `${index + 1}. ${title}`).join('\n');
      return [{ kind: 'choose-procedure', procedureId: procedure.id, reason: reason.join(' ') }];
    },
  },
  '/put-off': {
    usage: '/put-off [reason]',
    does: 'put off the whole checklist for one hour',
    run: ({ context }, words) => {
      const usual = context.eventLog.state.severity === 'P0' ? 'P0: the rollback comes first' : '';
      const reason = words.join(' ') || usual;
      if (reason === '') return 'Below P0, say why: /put-off REASON';
      return [{ kind: 'defer-checklist', reason, dueInMs: HOUR_MS }];
    },
  },
  '/status': {
    usage: '/status [post]',
    does: 'the state in words; "post" posts it to Slack',
    run: ({ context }, [post]) => {
      const { eventLog, runbook } = context;
      const text = statusNow(eventLog.state, runbook, { now: eventLog.now(), clock: clockTime });
      return post === 'post' ? [{ kind: 'post-message', messageId: STATUS_NOW.id, text }] : text;
    },
  },
  '/message': {
    usage: '/message [N] [fill VALUES|post|sent WHERE]',
    does: 'a message; "fill" fills its [brackets], in order, between them ";"; "sent" logs where you sent it; without N, list them',
    run: ({ context }, [number = '', act, ...where]) => {
      const messages = context.runbook.messages.toSorted((a, b) => a.start - b.start);
      const message = messages[Number(number) - 1];
      const { sent } = context.eventLog.state;
      if (message === undefined)
        return messages
          .map(({ id, title }, index) => `${index + 1}. ${title}${sent[id] ? `, sent to ${sent[id].where}` : ''}`)
          .join('\n');
      if (act === 'fill') fillIn(context, message, where.join(' ').split(';'));
      const text = messageText(context, message);
      if (act === 'post') return [{ kind: 'post-message', messageId: message.id, text }];
      const blanks = blanksText(context, message, Number(number));
      if (act !== 'sent') return blanks === '' ? text : `${text}\n  (${blanks})`;
      if (blanks !== '') return `It was not logged as sent. ${blanks}`;
      if (where.length === 0) return 'Say where: /message N sent #channel';
      return [{ kind: 'sent-message', messageId: message.id, text, where: where.join(' ') }];
    },
  },
  '/told': {
    usage: '/told WHO',
    does: 'record that the people who have to know were told',
    run: ({ context }, who) => {
      const owed = obligations(context.eventLog.state, context.runbook).filter(({ paid }) => paid === null);
      if (owed.length === 0) return 'Nothing is owed to anybody.';
      if (who.length === 0) return 'Say who was told: /told WHO';
      return owed.map(({ id }): Intent => ({ kind: 'pay-debt', debt: id, who: who.join(' '), how: 'told' }));
    },
  },
  '/objection': {
    usage: '/objection WHO: WORDS [/ WHY ALL THE SAME]',
    does: 'record that somebody disagrees with what is being done, for the report',
    run: (_incident, words) => {
      const [, who = '', said = '', answer = ''] =
        /^([^:]{1,100}):\s*(.+?)(?:\s+\/\s+(.+))?$/.exec(words.join(' ')) ?? [];
      if (who === '') return 'Say who and what: /objection WHO: WORDS';
      return [{ kind: 'raise-objection', who: who.trim(), words: said, answer }];
    },
  },
  '/evidence': {
    usage: '/evidence',
    does: 'what was captured since the declaration',
    run: ({ context }) => {
      const { evidence } = context.eventLog.state;
      const lines = evidence.map((each) =>
        each.kind === 'missing'
          ? `missing   ${each.title}: ${each.why}`
          : `${each.partial ? 'partial ' : 'captured'}  ${each.title}${each.why === '' ? '' : `: ${each.why}`}`,
      );
      return [evidenceKnown(context.eventLog.state) || 'Being captured.', ...lines].join('\n');
    },
  },
  '/output': {
    usage: '/output [N]',
    does: 'all that command number N of the incident printed; without N, the last one',
    run: (incident, [count = '']) => outputOf(incident, count),
  },
  '/note': {
    usage: '/note TEXT',
    does: 'add a line to the timeline',
    run: (_incident, words) =>
      words.length === 0 ? 'Say what: /note TEXT' : [{ kind: 'note', text: words.join(' '), starred: true }],
  },
};

/** What else can be typed: answers to questions, and words while something runs. */
const PLAIN: readonly (readonly [string, string])[] = [
  ['Enter', 'at "Enter does it": do what is offered; at "Number [1]": take choice 1'],
  ['skip', 'at a question about a step: skip it, with a reason'],
  ['hand', 'at a question about a step: you ran it elsewhere; asks for its result'],
  ['other', 'at a question about a step: other steps and procedures, or resolve now'],
  ['? or help', 'at a question: show this list'],
  ['stop', 'while something runs: interrupt it, or end the watch'],
  ['kill', 'a minute after "stop": kill it; machines may then run mixed versions'],
  ['well TEXT, bad TEXT', 'at a checkpoint of the watch: how the service is'],
  ['Ctrl-C', 'leave the incident open and print the command that resumes it'],
];

/** The text of `/help`: a line for each thing that can be typed. */
export const typedWords = (): string =>
  [...PLAIN, ...Object.values(ASIDES).map(({ usage, does }) => [usage, does] as const)]
    .map(([typed, does]) => `${typed.padEnd(44)}${does}`)
    .join('\n');

/** Carries out one line that begins with a slash. Never throws; true when the incident is another one after it. */
export async function aside(
  incident: OpenIncident,
  line: string,
  actor: string,
  say: (text: string) => void,
): Promise<boolean> {
  const [word = '', ...words] = line.split(/\s+/);
  const found = Object.hasOwn(ASIDES, word) ? ASIDES[word] : undefined;
  const answer = (await found?.run(incident, words)) ?? typedWords();
  if (typeof answer === 'string') {
    say(`${answer}\n`);
    return false;
  }
  for (const intent of answer) {
    try {
      await actAndSay(incident, intent, actor, say);
    } catch (thrown) {
      const { message, advice } = toFailure(thrown);
      say(`${message}${advice === undefined ? '' : ` ${asTypedHere(advice)}`}\n`);
      return false;
    }
  }
  return word !== '/note' && word !== '/objection';
}

/**
 * A prompt that carries out lines with a slash instead of returning them. Throws `QuestionOver` when the open question
 * no longer fits.
 */
export function withAsides(prompt: Prompt, incident: OpenIncident, actor: string, say: (text: string) => void): Prompt {
  return {
    ...prompt,
    async ask(question) {
      for (;;) {
        const typed = await prompt.ask(question);
        if (typed === '?' || typed?.toLowerCase() === 'help') {
          say(`${typedWords()}\n`);
          continue;
        }
        if (typed === null || !typed.startsWith('/') || !/^\/([a-z-]+\b|$)/.test(typed) || isPath(typed)) return typed;
        if (await aside(incident, typed, actor, say)) throw new QuestionOver();
      }
    },
  };
}

/** An absolute path is an answer, such as the path of a SQL file. */
const isPath = (typed: string): boolean => /^\/\S*\//.test(typed);

/** Printed above each question: what is owed, and open checks of the checklist. */
export function reminders({ context }: OpenIncident): string {
  const { state } = context.eventLog;
  const owed = obligations(state, context.runbook)
    .filter(({ paid }) => paid === null)
    .map(({ what }) => `Owed: ${what} (/told WHO)\n`);
  const pairs = servicesDown(state).map(({ what }) => `Owed: ${what}\n`);
  const open = state.fixForward === null ? (checklistStanding(state, context.runbook)?.open ?? 0) : 0;
  const waiting = open > 0 && state.severity === 'P0' ? [`Checklist: ${open} open (/put-off)\n`] : [];
  const row = state.startedAt === null ? rowOf(state, context.runbook) : null;
  const advice = row === null ? '' : rowAdvice(row);
  return [...(advice === '' ? [] : [`${advice}\n`]), ...pairs, ...owed, ...waiting].join('');
}
