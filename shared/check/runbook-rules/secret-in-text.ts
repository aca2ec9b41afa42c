import { allCommands } from '../../runbook/all-commands.ts';
import { redactor } from '../../redaction/redactor.ts';
import { writtenSecrets } from '../../redaction/written-secrets.ts';
import { Lines } from '../../runbook/place.ts';
import type { RunbookRule } from '../runbook-rule.ts';
import { SECRET_FIX, SECRET_SOURCE, secretMessage } from '../secret-words.ts';

const { redact } = redactor([]);
/** In two parts, so that no scanner takes this file for a leak. */
const TOKEN = ['ghp_', 'kT7pQ2mX9vB4nC6wZ1sD8fG3hJ5lR0tYuI'].join('');

export const secretInText: RunbookRule = {
  name: 'secret-in-text',
  severity: 'error',
  about: 'A token, or an address with a password, stands in the text of the runbook or its front matter.',
  bad: [
    `# Shop\n\nThe token for the mirror is ${TOKEN}.\n`,
    '# Shop\n\n| Database | postgres://ann:low-tide-42@db.example.com/shop |\n|---|---|\n',
  ],
  good: [
    '# Shop\n\nThe password is in the vault, under shop/db. Tokens begin with ghp_.\n',
    '# Shop\n\npostgres://USER:PASSWORD@db.example.com/shop, https://git@example.com/shop.git\n',
  ],
  check: ({ model, source }) => {
    const lines = new Lines(source);
    const commands = allCommands(model);
    return writtenSecrets(source, 'sure')
      .filter(({ start }) => !commands.some((command) => command.start <= start && start < command.end))
      .map(({ start, end, kind }) => {
        const line = lines.lineOf(start);
        return {
          start,
          end,
          shown: redact(source.slice(lines.startOf(line), lines.startOf(line + 1))).text.trim(),
          message: secretMessage(kind),
          fix: SECRET_FIX,
          source: SECRET_SOURCE,
        };
      });
  },
};
