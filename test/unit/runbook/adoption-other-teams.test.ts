/** Adopting runbooks of other teams, with an answer to every question. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { adopt } from '#shared/runbook/adoption/adopt.ts';
import type { AdoptionQuestion } from '#shared/runbook/adoption/question.ts';

describe("other teams' runbooks", () => {
  const folder = new URL('../../fixtures/other-teams/', import.meta.url);
  const files = readdirSync(folder).filter((name) => name.endsWith('.md') && name !== 'README.md');

  const typed = {
    address: 'https://ship.example/up',
    name: 'ship',
    'reading-command': 'kubectl get pods',
    pattern: '.*',
  };
  const some = ({ proposed, answer }: AdoptionQuestion): string =>
    proposed ||
    ('options' in answer ? answer.options[0]?.value : answer.kind === 'text' ? 'x: # y' : typed[answer.kind]) ||
    '';

  it.each(files)('%s: only front matter and hints are written, and nothing is asked twice', (file) => {
    const before = readFileSync(new URL(file, folder), 'utf8');
    const { questions } = adopt(before, file, {});
    const { text, diff, notes } = adopt(
      before,
      file,
      Object.fromEntries(questions.map((each) => [each.id, some(each)])),
    );
    expect([diff === '', notes]).toEqual([questions.length === 0, []]);
    const lines = before.split('\n');
    const after = text.split('\n').slice(-lines.length);
    const hinted = (line: string, now: string): boolean =>
      now.startsWith(line) && /^(?:(?:bash)? effect=\w+)?$/.test(now.slice(line.length));
    const changed = lines.filter((line, index) => !hinted(line, after[index] ?? ''));
    expect(changed).toEqual([]);
    expect(adopt(text, file, {}).questions.map(({ id }) => id)).toEqual([]);
  });
});
