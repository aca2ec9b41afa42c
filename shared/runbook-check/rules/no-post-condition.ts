import type { Command, Procedure } from '../../runbook/model.ts';
import { definitionOf } from '../../steps/registry.ts';
import { proofsOf } from '#shared/steps/proofs.ts';
import type { FindingSeverity } from '../finding.ts';
import type { RunbookRule } from '../rule.ts';

const runbook = (...steps: readonly string[]): string =>
  [
    '# Shop',
    '',
    '## Option 4: Maintenance mode',
    '',
    ...steps.flatMap((step, index) => [`${index + 1}. **Step**`, '   ```bash', `   ${step}`, '   ```', '']),
  ].join('\n');

export const noPostCondition: RunbookRule = {
  name: 'no-post-condition',
  severity: 'warning',
  about: 'A step that changes something, and no later command that checks the result.',
  bad: [
    runbook('fly secrets set CLOSED=true -a shop'),
    runbook('fly status -a shop --json', 'fly secrets unset CLOSED -a shop'),
  ],
  good: [
    runbook('fly secrets set CLOSED=true -a shop', 'curl -fsS --max-time 10 https://shop.example/'),
    runbook('fly status -a shop --json'),
    `${runbook('fly secrets set CLOSED=true -a shop')}\n   \`\`\`bash effect=read proof expect=closed\n   shopctl state\n   \`\`\`\n`,
  ],
  check: ({ model, source }) =>
    model.procedures.flatMap((procedure) =>
      unproven(procedure).map(({ start, end, text }) => ({
        start,
        end,
        severity: gravityFor(source),
        message: `No later command checks the result of ${named(text)}: there is only its exit code.`,
        fix: 'Add a code block with "bash proof expect=PATTERN" to the step: a command that reads the state, and the output it must have.',
        source: 'Rollbook: only a met post-condition is shown as verified',
      })),
    ),
};

/** Whoever wrote the front matter of Rollbook wants its proofs; in any other file none can be expected. */
const gravityFor = (source: string): FindingSeverity => (/^---\s*\n[^]*?^rollbook:/m.test(source) ? 'warning' : 'note');

/** A script is named by its first line. */
function named(text: string): string {
  const [first = '', ...more] = text.split('\n');
  return more.length === 0 ? `\`${first}\`` : `the script from \`${first}\` on`;
}

/** Logins change only this machine, and the next command shows whether they worked. */
const LOCAL = /^\S+\s+(?:auth\s+)?log(?:in|out)\b/;

function unproven({ steps }: Procedure): readonly Command[] {
  const commands = steps.flatMap((step) => {
    const proven = definitionOf(step).provenBy === 'rollbook' || proofsOf(step).length > 0;
    return step.commands.map((command) => ({
      command,
      proven,
      proves: definitionOf(step).checksEarlierSteps === true || command.effect === 'read',
    }));
  });
  const lastProof = commands.findLastIndex(({ proves }) => proves);
  return commands.flatMap(({ command, proven }, index) =>
    command.effect === 'change' && !proven && !LOCAL.test(command.text) && lastProof <= index ? [command] : [],
  );
}
