/** By hand: prints the command to copy, then asks for its exit code and output. The post-condition is checked all the same. */
import { commandText, handNote } from '#shared/incident/variables.ts';
import type { Intent } from '#shared/incident/intent.ts';
import type { Step } from '#shared/runbook/model.ts';
import { visibleCommand } from '#shared/words/visible.ts';
import { type Asking, choose, words } from './asking.ts';

/** null: the input has ended. An empty list: there is nothing to run by hand. */
export async function ranByHand(asking: Asking, step: Step): Promise<readonly Intent[] | null> {
  const { state } = asking.context.eventLog;
  const { runbook } = asking.context;
  if (step.commands.length === 0) {
    asking.say('\nThis step has no command.\n');
    return [];
  }
  const texts = step.commands.map((command) => visibleCommand(commandText(command, state, runbook)));
  const index = texts.length === 1 ? 0 : await choose(asking, 'Which command did you run?', texts, 'nothing');
  const command = index === null ? undefined : step.commands[index];
  if (command === undefined) return null;
  const note = handNote(command);
  asking.say(`\nCopy and run it elsewhere:\n\n  ${texts[index ?? 0]}\n\n${note === null ? '' : `${note}\n\n`}`);
  const copied: Intent = { kind: 'copied-command', stepId: step.id, commandId: command.id };
  for (;;) {
    const typed = await words(asking, 'Its exit code ("back" if you did not run it)');
    if (typed === null) return null;
    if (typed.toLowerCase() === 'back') return [copied];
    if (/^\d{1,3}$/.test(typed) && Number(typed) <= 255) {
      const output = await pasted(asking);
      if (output === null) return null;
      const { id: stepId } = step;
      return [copied, { kind: 'ran-by-hand', stepId, commandId: command.id, exitCode: Number(typed), output }];
    }
    asking.say('A number from 0 to 255.\n');
  }
}

/** Lines up to one with nothing but a full stop: empty lines are part of what commands print. */
async function pasted({ prompt, say }: Asking): Promise<string | null> {
  say('Paste what it printed, then a line with only a full stop:\n');
  const lines: string[] = [];
  for (;;) {
    const line = await prompt.pasted();
    if (line === null) return null;
    if (line === '.') return lines.join('\n');
    lines.push(line);
  }
}
