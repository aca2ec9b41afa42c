/** Asks a person in a terminal to choose from a list, or for words. */
import type { Intent } from '#shared/incident/intent.ts';
import type { Step } from '#shared/runbook/model.ts';
import type { IncidentContext } from '#core/engine/incident-context.ts';
import type { Prompt } from './prompt.ts';

export interface Asking {
  readonly context: IncidentContext;
  readonly prompt: Prompt;
  readonly say: (text: string) => void;
  /** Folder that relative paths count from. */
  readonly cwd: string;
  /**
   * Sends intents at once that must not be lost when the person leaves the question. False: refused, and the reason was
   * printed.
   */
  readonly send: (intents: readonly Intent[]) => Promise<boolean>;
}

export type Question = (asking: Asking, step: Step | undefined) => Promise<readonly Intent[] | null>;

/** Choose from a numbered list. `enter`: what Enter alone does, `first` where that is harmless. */
export async function choose(
  { prompt, say }: Asking,
  title: string,
  labels: readonly string[],
  enter: 'first' | 'nothing' = 'first',
): Promise<number | null> {
  say(`\n${title}\n${labels.map((label, index) => `  ${index + 1}. ${label}`).join('\n')}\n`);
  for (;;) {
    const typed = await prompt.ask(enter === 'first' ? 'Number [1]: ' : 'Number: ');
    if (typed === null) return null;
    const number = typed === '' && enter === 'first' ? 1 : Number(typed);
    if (Number.isInteger(number) && number >= 1 && number <= labels.length) return number - 1;
    say(`Type a number from 1 to ${labels.length}.\n`);
  }
}

export async function words({ prompt, say }: Asking, question: string): Promise<string | null> {
  for (;;) {
    const typed = await prompt.ask(`${question}: `);
    if (typed === null || typed !== '') return typed;
    say('Something has to be written here.\n');
  }
}
