import { redactor } from '../../redaction/redactor.ts';
import { writtenSecrets } from '../../redaction/written-secrets.ts';
import type { Rule, RunbookRule } from '../rule.ts';
import { allCommands } from '../../runbook/commands.ts';
import { Lines } from '../../runbook/place.ts';

const { redact } = redactor([]);
/** Split, so that secret scanners do not report this file. */
const FLY_TOKEN = ['fo1_', 'kT7pQ2mX9vB4nC6wZ1sD8fG3hJ5l'].join('');
const GITHUB_TOKEN = ['ghp_', 'kT7pQ2mX9vB4nC6wZ1sD8fG3hJ5lR0tYuI'].join('');

const secretMessage = (kind: string): string =>
  `A secret is written here (${kind}): everybody who can read this file or its history has it.`;

const SECRET_FIX =
  'Revoke it where it was issued, and remove it. Write "$NAME" in its place, declare it under `variables:` as `NAME: { from: environment }`, and take its value from the environment, a vault or the keychain (`rollbook settings set secret.NAME SOURCE`).';

const SECRET_SOURCE = 'OWASP Secrets Management Cheat Sheet; .github/SECURITY.md, "Secrets"';

export const secretInCommand: Rule = {
  name: 'secret-in-command',
  severity: 'error',
  about: 'A password or token in a command: everybody who can read the runbook or its history has it.',
  bad: [
    `fly deploy -a shop --access-token ${FLY_TOKEN}`,
    'PGPASSWORD=low-tide-42 psql -X -h db.example.com -c "select 1"',
    'mysqldump -u root -plow-tide-42 shop',
    'curl -fsS --max-time 10 -u ann:low-tide-42 https://shop.example/admin',
    'psql -X "postgres://ann:low-tide-42@db.example.com/shop" -c "select 1"',
    'curl -fsS --max-time 10 -H "Authorization: Bearer low-tide-42-low-tide" https://shop.example/admin',
  ],
  good: [
    'fly deploy -a shop --access-token "$FLY_API_TOKEN"',
    'PGPASSWORD="$(vault read -field=pw db/shop)" psql -X -c "select 1"',
    'mysqldump -u root -p"$DB_PASSWORD" shop',
    'psql -X "postgres://user:password@db.example.com/shop" -c "select 1"',
    'kubectl create secret generic db --from-literal=password="$DB_PASSWORD"',
    'curl -fsS --max-time 10 -H "Authorization: Bearer $API_TOKEN" https://shop.example/admin',
    'curl -fsS --max-time 10 -H "Authorization: token <your token>" https://shop.example/admin',
    'docker run --user 1000:1000 -e API_KEY=<your key> shop',
  ],
  check: ({ script }) =>
    writtenSecrets(script.text).map(({ start, end, kind }) => ({
      at: { pos: start, end },
      shown: shownAround(script.text, start, end),
      message: secretMessage(kind),
      fix: SECRET_FIX,
      source: SECRET_SOURCE,
    })),
};

/** The line of the secret, redacted. */
function shownAround(text: string, start: number, end: number): string {
  const from = text.lastIndexOf('\n', start) + 1;
  const to = text.indexOf('\n', end);
  return redact(text.slice(from, to < 0 ? text.length : to)).text.trim();
}

export const secretInText: RunbookRule = {
  name: 'secret-in-text',
  severity: 'error',
  about: 'A token, or an address with a password, in the text or front matter of the runbook.',
  bad: [
    `# Shop\n\nThe token for the mirror is ${GITHUB_TOKEN}.\n`,
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
