/** What the check says about runbooks as other teams write them. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { checkRunbook } from '#shared/runbook-check/check-runbook.ts';
import { correct } from '#shared/runbook-check/fix.ts';
import type { Finding } from '#shared/runbook-check/finding.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import type { Command } from '#shared/runbook/model.ts';

function read(name: string) {
  const path = fileURLToPath(new URL(`../../fixtures/other-teams/${name}.md`, import.meta.url));
  const { model, source } = parseRunbook(readFileSync(path), `${name}.md`);
  return { model, findings: checkRunbook(model, source).findings };
}

const named = (findings: readonly Finding[], rule: string): readonly Finding[] =>
  findings.filter((finding) => finding.rule === rule);

describe('timeframes', () => {
  it('have one span, and the later end of a range', () => {
    const { matrix } = read('timeframes').model;
    expect(matrix.rows.map(({ target }) => [target.text, target.ms])).toEqual([
      ['5 min - 10 min', 600_000],
      ['1/2 hour', 1_800_000],
      ['within 1 hour (60 minutes)', 3_600_000],
    ]);
  });
});

describe('inner commands', () => {
  const { model, findings } = read('inner-command');
  const commands = model.procedures.flatMap(({ steps }) => steps).flatMap((step) => step.commands);

  it('judges the words of the inner command as its own', () => {
    expect(named(findings, 'unknown-flag')).toEqual([]);
    expect(named(findings, 'needs-terminal').map(({ message }) => message.split(' needs')[0])).toEqual([
      'kubectl exec',
      'docker exec',
    ]);
  });

  it('takes the effect of the inner command', () => {
    const effects = commands.map(({ text, effect }: Command) => [/ -it /.test(text), effect]);
    expect(effects.filter(([interactive]) => interactive === false).map(([, effect]) => effect)).toEqual(
      Array<string>(4).fill('read'),
    );
  });
});

describe('effects', () => {
  it('knows what all of its commands do, and which are dangerous', () => {
    const [look, change] = read('effects').model.procedures[0]?.steps ?? [];
    expect(new Set(look?.commands.map(({ effect }) => effect))).toEqual(new Set(['read']));
    expect(new Set(change?.commands.map(({ effect }) => effect))).toEqual(new Set(['change']));
    expect(change?.commands.flatMap(({ text, danger }) => (danger === undefined ? [] : [text.split(' ')[0]]))).toEqual([
      'kubectl',
      'terraform',
    ]);
    expect(read('effects').model.gaps.filter(({ code }) => code === 'unknown-effect')).toEqual([]);
  });
});

describe('where it destroys', () => {
  it('names the lines of a script that destroy, not its first', () => {
    const found = named(read('where-it-destroys').findings, 'destructive-without-approval');
    expect(found.map(({ line, command }) => [line, command.split(' ').slice(0, 2).join(' ')])).toEqual([
      [12, 'curl -fsS'],
      [13, 'kubectl delete'],
    ]);
  });
});

describe('loudness', () => {
  const { findings } = read('loudness');

  it('puts first what a careful engineer would name first', () => {
    expect(findings[0]).toMatchObject({ severity: 'error', rule: 'unknown-subcommand', line: 13 });
    expect(findings.filter(({ severity }) => severity === 'error')).toHaveLength(1);
  });

  it('takes a curl that a person reads, and a pipe, for a remark', () => {
    const slight = findings.filter(({ rule }) => /^curl-|^hidden-exit-code$|^no-/.test(rule));
    expect(slight.length).toBeGreaterThan(2);
    expect(new Set(slight.map(({ severity }) => severity))).toEqual(new Set(['note']));
  });

  it('takes one that decides for an error', () => {
    const of = (text: string): readonly string[] => {
      const { model, source } = parseRunbook(`# T\n\n\`\`\`bash\n${text}\n\`\`\`\n`, 't.md');
      return named(checkRunbook(model, source).findings, 'curl-without-fail').map(({ severity }) => severity);
    };
    expect(of('curl -m 5 https://x.example/health && echo up')).toEqual(['error']);
    expect(of('until curl -m 5 https://x.example/health; do sleep 5; done')).toEqual(['error']);
    expect(of('if curl -m 5 https://x.example/; then echo up; fi')).toEqual(['error']);
    expect(of('curl -m 5 -X POST https://x.example/flush')).toEqual(['warning']);
    expect(of('curl -m 5 https://x.example/health')).toEqual(['note']);
  });
});

describe('blanks', () => {
  const { model, findings } = read('blanks');

  it('are questions, each asked once', () => {
    expect(Object.keys(model.settings.variables).toSorted()).toEqual([
      'AWS_REGION',
      'BACKUP_BUCKET',
      'DEPLOYMENT_NAME',
      'NAMESPACE',
      'REVISION',
    ]);
    expect(named(findings, 'unfilled-placeholder')).toEqual([]);
    expect(model.gaps.filter(({ code }) => code === 'asked')).toHaveLength(5);
  });

  it('hide nothing of what a step does', () => {
    const effects = model.procedures[0]?.steps.map(({ commands }) => new Set(commands.map(({ effect }) => effect)));
    expect(effects).toEqual([new Set(['read']), new Set(['change']), new Set(['read'])]);
  });
});

describe('characters that lie', () => {
  it('are found before the runbook is trusted', () => {
    const found = named(read('reversed').findings, 'deceptive-character');
    expect(found.map(({ severity, message }) => [severity, /U\+[0-9A-F]+/.exec(message)?.[0]])).toEqual([
      ['error', 'U+202E'],
      ['error', 'U+202C'],
    ]);
  });

  it.each([
    ['git commit -m \u201Cback\u201D', 'git commit -m "back"'],
    ['fly releases \u2013a shop', 'fly releases -a shop'],
    ['npm ls \u2014depth 0', 'npm ls --depth 0'],
    ['git\u00A0status', 'git status'],
    ['git sta\u200Btus', 'git status'],
    ['git st\u0430tus', 'git status'],
  ])('are corrected: %s', (text, plain) => {
    const whole = (command: string): string => `# T\n\n\`\`\`bash\n${command}\n\`\`\`\n`;
    const { model, source } = parseRunbook(whole(text), 't.md');
    expect(correct(source, named(checkRunbook(model, source).findings, 'deceptive-character')).text).toBe(whole(plain));
  });
});
