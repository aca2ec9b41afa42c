/** The questions of `rollbook adopt`, in a terminal. */
import { answerProblem } from '#shared/runbook/adoption/answers.ts';
import { type AdoptionQuestion, type Answers, isAsked } from '#shared/runbook/adoption/question.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import type { Prompt } from './prompt.ts';

/** Typed to leave a question open although an answer is proposed. */
export const SKIP = '-';

/** The answers by question id; null: the input ended. */
export async function askAdoption(
  out: (text: string) => void,
  asking: Prompt,
  questions: readonly AdoptionQuestion[],
): Promise<Answers | null> {
  const answers: Record<string, string> = {};
  let shown = '';
  for (const question of questions) {
    if (!isAsked(question, answers)) continue;
    const heading = headingOf(question);
    if (heading !== shown) out(`\n${heading}`);
    shown = heading;
    const answer = await answerTo(out, asking, question);
    if (answer === null) return null;
    answers[question.id] = answer;
  }
  return answers;
}

const headingOf = ({ about, line, commands }: AdoptionQuestion): string =>
  `Line ${line}. ${about}\n${commands.map((command) => `    ${visibleCommand(command).replaceAll('\n', '\n    ')}\n`).join('')}`;

async function answerTo(
  out: (text: string) => void,
  asking: Prompt,
  question: AdoptionQuestion,
): Promise<string | null> {
  const { ask, proposed } = question;
  out(optionsText(question));
  for (;;) {
    const typed = await asking.ask(`  ${ask}${proposed === '' ? '' : ` [${proposed}]`}: `);
    if (typed === null) return null;
    if (typed === SKIP) return '';
    const value = typed === '' ? proposed : typed;
    const problem = answerProblem(question, value);
    if (problem === null) return value;
    out(`  ${problem}\n`);
  }
}

function optionsText({ answer }: AdoptionQuestion): string {
  if (!('options' in answer)) return '';
  const rest = answer.kind === 'list' ? [{ value: answer.alone, label: 'fix forward' }] : [];
  const options = [...answer.options, ...rest];
  const width = Math.max(...options.map(({ value }) => value.length));
  return options.map(({ value, label }) => `    ${value.padEnd(width)}  ${label}\n`).join('');
}
