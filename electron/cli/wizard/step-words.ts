/** The words that leave any question about a step: skip, hand, other. They are never taken for an answer. */
import type { Intent } from '#shared/incident/intent.ts';
import type { Step } from '#shared/runbook/model.ts';
import type { Asking } from './asking.ts';
import { ranByHand } from './by-hand.ts';
import type { Prompt } from './prompt.ts';
import { otherWay, skip } from './questions.ts';

type StepWord = keyof typeof WORDS;

type Way = (asking: Asking, step: Step) => Promise<readonly Intent[] | null>;

const WORDS = { skip, hand: ranByHand, other: otherWay } as const satisfies Readonly<Record<string, Way>>;

/** Words for a running command. At a question none runs. */
const FOR_WHAT_RUNS = ['stop', 'kill'];

class Instead extends Error {
  readonly word: StepWord;

  constructor(word: StepWord) {
    super(word);
    this.word = word;
  }
}

/** The answers to what `question` asks about `step`; a word that leaves the question goes that way instead. */
export async function unlessLeft(
  asking: Asking,
  step: Step | undefined,
  question: (asking: Asking) => Promise<readonly Intent[] | null>,
): Promise<readonly Intent[] | null> {
  for (let ask = question; ; ) {
    try {
      return await ask({ ...asking, prompt: withWords(asking, step) });
    } catch (thrown) {
      if (!(thrown instanceof Instead) || step === undefined) throw thrown;
      const way = WORDS[thrown.word];
      ask = async (again) => await way(again, step);
    }
  }
}

function withWords({ prompt, say }: Asking, step: Step | undefined): Prompt {
  return {
    ...prompt,
    async ask(question) {
      for (;;) {
        const typed = await prompt.ask(question);
        const word = typed?.toLowerCase() ?? '';
        const left = Object.hasOwn(WORDS, word) ? (word as StepWord) : null;
        if (FOR_WHAT_RUNS.includes(word))
          say(`"${word}" is not understood here: nothing runs. Ctrl-C leaves it open.\n`);
        else if (left === null) return typed;
        else if (step !== undefined) throw new Instead(left);
        else
          say(
            `"${word}" is not understood here: this question is not about one step. "help" lists what can be typed.\n`,
          );
      }
    },
  };
}
