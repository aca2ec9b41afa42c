/** Several services of a platform that Rollbook does not know, rolled back in one step. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { answering, commandLine } from '../../fixtures/command-line.ts';
import { fakePrograms, type FakePrograms } from '../../fixtures/fake-programs.ts';

const service = (id: string): string => `  ${id}:
    title: ${id}
    platform: generic
    releases:
      command: helm history ${id}
      read: { table: { release: REVISION, status: STATUS } }
      newest: last
    running:
      command: helm list --filter ${id} -o json
      read: { json: { release: revision } }
    prove:
      - { command: 'helm status "$SERVICE" -o json', expect: '"status":"deployed"', within: 2s }`;

const BOOK = `---
rollbook: 1
services:
${service('shop')}
${service('pay')}
variables:
  SERVICE: { from: service.id }
  REVISION: { from: release.version }
matrix:
  - { match: outage, procedures: [roll-back-everything] }
---
# Two services

| Severity | Condition | Action | Timeframe |
|---|---|---|---|
| P0 | Complete outage | Roll back | <10 min |

## Rollback authority

* **P0**: Any engineer may start

## Option 1: Roll back everything

**Use when**: both are broken

1. **Choose the releases**
   \`\`\`bash step=choose-releases services=shop,pay
   helm history "$SERVICE"
   \`\`\`
2. **Roll back both**
   \`\`\`bash step=deploy-releases services=shop,pay order=declared effect=change
   helm rollback "$SERVICE" "$REVISION"
   \`\`\`
`;

/** Keeps what runs of each service in a file; `NAME-fails` makes its rollback fail. */
const HELM = `
case $1 in
history) printf 'REVISION\\tSTATUS\\n1\\tsuperseded\\n2\\tsuperseded\\n3\\tdeployed\\n' ;;
list) printf '[{"name":"%s","revision":"%s"}]\\n' "$3" "$(cat "$STATE/$3" 2>/dev/null || echo 3)" ;;
rollback) [ -e "$STATE/$2-fails" ] && { echo 'Error: timed out' >&2; exit 1; }
  echo "$3" >"$STATE/$2"; echo 'Rollback was a success! Happy Helming!' ;;
status) echo '{"info":{"status":"deployed"}}' ;;
esac`;

async function rollBack(
  more: Parameters<typeof answering>[0] = [],
  before: (programs: FakePrograms) => void = () => undefined,
) {
  const programs = fakePrograms({ helm: HELM });
  before(programs);
  const line = commandLine();
  writeFileSync(join(line.cwd, 'two.md'), BOOK);
  const said = await line.run(
    ['run', 'two.md', '--trust', '--row', '1', '--service', 'shop'],
    answering([
      ...more,
      { to: 'What now?', type: null },
      { to: 'go back to which release?', type: '1' },
      { to: '? Enter does it', type: '' },
      { to: 'Is it gone?', type: '1' },
      { to: 'What do you see', type: 'both answer' },
      { to: 'Resolve the incident with one sentence', type: 'Went back.' },
    ]),
  );
  const { incidents } = (await line.run(['incidents', '--json'])).json() as {
    readonly incidents: readonly { readonly id: string; readonly outcome: string | null }[];
  };
  const report = (await line.run(['export', incidents[0]?.id ?? ''])).out;
  const changes = programs.calls().filter((call) => call.startsWith('helm rollback'));
  return { said, changes, report, outcome: incidents[0]?.outcome ?? null };
}

describe('two services of another platform in one step', () => {
  it('each goes back to its own release by its own commands, and each is proven', async () => {
    const { said, changes, report, outcome } = await rollBack([
      { to: 'pay: go back to which release?', type: '3', once: true },
    ]);
    expect(said.out).toContain('shop: 3 -> 2\n    3\n    Commits');
    expect(said.out).toContain('Undo: helm rollback shop 3');
    expect(said.out).toContain('pay: 3 -> 1\n');
    expect(said.out).toContain('Undo: helm rollback pay 3');
    expect(changes).toEqual(['helm rollback shop 2', 'helm rollback pay 1']);
    expect(outcome).toBe('verified');
    expect(said.code).toBe(0);
    expect(report).toContain('What runs now is 2.');
    expect(report).toContain('What runs now is 1.');
    expect(`${said.out}${report}`).not.toMatch(/\bfly\b|Fly\.io|\bv[123]\b/i);
  });

  it('one that fails has that outcome for itself; only it is chosen anew, with what was tried of it marked', async () => {
    const { said, changes, outcome } = await rollBack(
      [
        { to: 'pay: go back to which release?', type: '3', once: true },
        { to: 'What now?', type: '2', once: true },
      ],
      ({ set }) => set('shop-fails', ''),
    );
    expect(said.out).toContain('shop failed; the others are verified.');
    // What was tried of pay says nothing about shop, whose releases have the same names.
    expect(said.out).toMatch(/1\. 1 +proposed.*\n.*\n +3\. 2 +bad +It was tried in this incident/);
    expect(changes).toEqual(['helm rollback shop 2', 'helm rollback pay 1', 'helm rollback shop 1']);
    expect(outcome).toBeNull();
    expect(said.code).toBe(1);
  });
});
