/** For a secret in a runbook, `check` names its line and kind, and never shows it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { commandLine } from '../../fixtures/command-line.ts';

/** In parts, so that no scanner reports this file as a leak. */
const TOKEN = ['fo1_', 'kT7pQ2mX9vB4nC6wZ1sD8fG3hJ5l'].join('');
const PASSWORD = 'low-tide-42';

const RUNBOOK = `# Shop

The mirror is at postgres://ann:${PASSWORD}@db.example.com/shop.

## Option 1: Back

**Risk level**: Low

1. **Go**
   \`\`\`bash
   fly deploy -a shop --access-token ${TOKEN}
   mysqldump -u root -p${PASSWORD} shop
   curl -u"ann:${PASSWORD}" https://shop.example/
   (PGPASSWORD=${PASSWORD} psql -h db.example.com
   \`\`\`
2. **Look**
   \`\`\`bash
   redis-cli -a ${PASSWORD} ping && curl https://ann:${PASSWORD}@shop.example/
   psql "$DATABASE_URL" -c "select 1"
   \`\`\`
`;

describe('a secret in a runbook', () => {
  it('is an error with its line and kind, and no output has its value', async () => {
    const line = commandLine();
    writeFileSync(join(line.cwd, 'r.md'), RUNBOOK);
    const json = await line.run(['check', 'r.md', '--no-probe', '--json']);
    const text = await line.run(['check', 'r.md', '--no-probe', '--sarif', 'r.sarif']);
    expect([json.code, text.code]).toEqual([1, 1]);
    const { findings } = json.json() as { findings: { rule: string; line: number; message: string; fix: string }[] };
    const secrets = findings.filter(({ rule }) => rule.startsWith('secret-in-')).toSorted((a, b) => a.line - b.line);
    expect(secrets.map(({ rule, line: at }) => `${at} ${rule}`)).toEqual([
      '3 secret-in-text',
      '11 secret-in-command',
      '12 secret-in-command',
      '13 secret-in-command',
      '14 secret-in-command',
      '18 secret-in-command',
      '18 secret-in-command',
    ]);
    expect(secrets[0]?.message).toContain('(password in an address)');
    expect(secrets[1]?.message).toContain('(fly access token)');
    expect(secrets.every(({ fix }) => fix.includes('from: environment') && fix.includes('vault'))).toBe(true);
    const sarif = readFileSync(join(line.cwd, 'r.sarif'), 'utf8');
    for (const said of [json.out, text.out, text.err, sarif]) {
      expect(said).not.toContain(TOKEN);
      expect(said).not.toContain(PASSWORD);
    }
  });
});
