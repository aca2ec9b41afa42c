import { redactor } from '../../redaction/redactor.ts';
import { writtenSecrets } from '../../redaction/written-secrets.ts';
import type { Rule } from '../rule.ts';
import { SECRET_FIX, SECRET_SOURCE, secretMessage } from '../secret-words.ts';

const { redact } = redactor([]);
/** In two parts, so that no scanner takes this file for a leak. */
const TOKEN = ['fo1_', 'kT7pQ2mX9vB4nC6wZ1sD8fG3hJ5l'].join('');

export const secretInCommand: Rule = {
  name: 'secret-in-command',
  severity: 'error',
  about: 'A password or token is written into a command: whoever reads the runbook or its history has it.',
  bad: [
    `fly deploy -a shop --access-token ${TOKEN}`,
    'PGPASSWORD=low-tide-42 psql -X -h db.example.com -c "select 1"',
    'mysqldump -u root -plow-tide-42 shop',
    'curl -fsS --max-time 10 -u ann:low-tide-42 https://shop.example/admin',
    'psql -X "postgres://ann:low-tide-42@db.example.com/shop" -c "select 1"',
  ],
  good: [
    'fly deploy -a shop --access-token "$FLY_API_TOKEN"',
    'PGPASSWORD="$(vault read -field=pw db/shop)" psql -X -c "select 1"',
    'mysqldump -u root -p"$DB_PASSWORD" shop',
    'psql -X "postgres://user:password@db.example.com/shop" -c "select 1"',
    'kubectl create secret generic db --from-literal=password="$DB_PASSWORD"',
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

/** The line with all of its secrets taken out. */
function shownAround(text: string, start: number, end: number): string {
  const from = text.lastIndexOf('\n', start) + 1;
  const to = text.indexOf('\n', end);
  return redact(text.slice(from, to < 0 ? text.length : to)).text.trim();
}
