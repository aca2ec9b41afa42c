/** The commands that the front matter declares for a service are checked like those of the text. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { checkRunbook } from '#shared/runbook-check/check-runbook.ts';

const runbook = (list: string, running: string, prove: string): string => `---
rollbook: 1
services:
  pier:
    title: Pier
    platform: generic
    releases:
      command: ${list}
      read: { table: { release: REVISION } }
    running:
      command: ${running}
      read: { json: { release: revision } }
    prove:
      - { command: ${prove}, expect: ok }
---
# Pier

## Option 1: Go back

1. **Go back**

\`\`\`bash step=deploy-release
helm rollback pier "$RELEASE"
\`\`\`
`;

/** The front matter ends before the first title. */
const lineOfTitle = (source: string): number => source.slice(0, source.search(/^# /m)).split('\n').length;

function found(text: string) {
  const { model, source } = parseRunbook(text, 'pier.md');
  return checkRunbook(model, source).findings.filter(({ line }) => line < lineOfTitle(source));
}

describe('the declared commands of a service', () => {
  it('are found wanting where they stand', () => {
    const text = runbook('fly release -a pier', 'kubectl get pod <name> -w', 'curl https://pier.example/health');
    expect(found(text).map(({ line, rule, severity }) => [line, rule, severity])).toEqual(
      expect.arrayContaining([
        [8, 'unknown-subcommand', 'error'],
        [11, 'endless-command', 'error'],
        [11, 'unfilled-placeholder', 'error'],
        [14, 'curl-without-fail', 'error'],
      ]),
    );
  });

  it('are shown as written, and never changed by --fix: YAML would have to be written anew', () => {
    const [finding] = found(runbook('helm history pier', 'helm list', 'curl https://pier.example/health')).filter(
      ({ rule }) => rule === 'curl-without-fail',
    );
    expect(finding).toMatchObject({ command: 'curl https://pier.example/health' });
    expect(finding?.fix).toContain('curl -fsS');
    expect(finding?.edits).toBeUndefined();
  });

  it('are placed at their service where YAML wraps them', () => {
    const text = runbook('helm history pier', '>-\n        kubectl get pod\n        pier -w', 'helm status pier');
    expect(found(text).map(({ line, rule }) => [line, rule])).toContainEqual([4, 'endless-command']);
  });

  it.each(['helm', 'kubernetes', 'systemd', 'compose'])('are faultless in the example of %s', (name) => {
    const file = new URL(`../../fixtures/platforms/${name}.md`, import.meta.url);
    expect(found(readFileSync(file, 'utf8')).filter(({ severity }) => severity === 'error')).toEqual([]);
  });
});
