/** Asks for the value of one variable, with what was printed before as numbered answers. */
import { count } from '#shared/words/count.ts';
import { visible } from '#shared/words/visible.ts';
import type { OfferedAnswer } from '#shared/incident/offered-answers.ts';
import { refusalOf } from '#shared/incident/value-refusal.ts';
import type { PromptVariable } from '#shared/incident/variables.ts';
import { type Asking, words } from './asking.ts';

/** So many are listed at once; `#` lists all. */
const LISTED = 20;

/** The value, `back`, or null when the person leaves. `#2` is the second answer, `#` lists all of them. */
export async function valueFor(
  asking: Asking,
  variable: PromptVariable,
  offered: readonly OfferedAnswer[],
): Promise<string | null> {
  // A bare number picks only where it cannot be meant as the value: among declared choices without a number.
  const bare = variable.choices !== undefined && !offered.some(({ value }) => /^\d+$/.test(value));
  const list = (most: number): void => {
    for (const [index, { value, name }] of offered.slice(0, most).entries())
      asking.say(
        `  ${bare ? `${index + 1}.` : `#${index + 1}`} ${visible(value)}${name === '' ? '' : `  (${visible(name)})`}\n`,
      );
    if (offered.length > most) asking.say(`  ... ${count(offered.length - most, 'more', 'more')}, # lists them ...\n`);
  };
  list(LISTED);
  const how = offered.length === 0 ? '' : bare ? ', or a number of the list' : ', or #1 for the first of the list';
  for (;;) {
    const typed = await words(asking, `${variable.ask} ($${variable.name}${how})`);
    if (typed === null || typed === 'back') return typed;
    if (typed === '#' && offered.length > 0) {
      list(offered.length);
      continue;
    }
    const number = (bare ? /^#?(\d+)$/ : /^#(\d+)$/).exec(typed)?.[1];
    const value = offered[Number(number) - 1]?.value ?? typed;
    const refusal = refusalOf(variable, value);
    if (refusal === null) return value;
    asking.say(`${refusal}\n`);
  }
}
