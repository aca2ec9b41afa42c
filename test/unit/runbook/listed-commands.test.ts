/** Commands and procedures of runbooks that have no code blocks, and output in blocks without a language. */
import { describe, expect, it } from 'vitest';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { checkRunbook } from '#shared/runbook-check/check-runbook.ts';

const read = (text: string) => parseRunbook(text, 'pier.md').model;
const stepsOf = (text: string) => read(text).procedures.flatMap(({ steps }) => steps);

const OPTION = `# Pier

### Option A: Undo the rollout

1. Identify the deployment:
   - \`kubectl get deploy -n pier\`
2. Roll back:
   - \`kubectl rollout undo deploy/front -n pier\`
   - \`kubectl rollout undo deploy/<name> -n pier\`
   - pod priority
3. Look at \`kubectl get pods\`, and at the logs.
`;

describe('a list item that is nothing but a command', () => {
  it('is a command of its step, with its effect, its blanks and its place', () => {
    const steps = stepsOf(OPTION);
    expect(steps.map(({ commands }) => commands.map(({ text, effect, line }) => [text, effect, line]))).toEqual([
      [['kubectl get deploy -n pier', 'read', 6]],
      [
        ['kubectl rollout undo deploy/front -n pier', 'change', 8],
        ['kubectl rollout undo deploy/"$NAME" -n pier', 'change', 9],
      ],
      [],
    ]);
    for (const { start, end, written, text } of steps.flatMap(({ commands }) => commands))
      expect(OPTION.slice(start, end)).toBe(written ?? text);
  });

  it('is shown once: the other items stay in the text of the step', () => {
    const prose = JSON.stringify(stepsOf(OPTION)[1]);
    expect(prose).toContain('pod priority');
    expect(prose.match(/rollout undo deploy\/front/g)).toHaveLength(1);
  });

  it('makes a section without code blocks a procedure', () => {
    const { procedures } = read(
      '# Local\n\n## 1) Start\n- `which docker`\n- `docker compose up -d`\n\n## Notes\n- `ping`\n',
    );
    expect(procedures.map(({ title, steps }) => [title, steps.flatMap(({ commands }) => commands).length])).toEqual([
      ['1) Start', 1],
    ]);
  });

  it.each([
    ['below a warning', 'Never run any of these:\n\n- `docker system prune -a`\n- `docker volume prune`\n'],
    ['with a box to tick', '- [ ] `docker compose ps`\n'],
    ['that goes on', '- `docker system prune -a` removes the images of others.\n'],
    ['of an unknown program', '- `cloudops_server_ingest requests`\n'],
  ])('is none %s', (_what, list) => {
    const steps = stepsOf(`# Pier\n\n## Option 1: Go back\n\n1. **Go**\n\n   ${list.replaceAll('\n', '\n   ')}\n`);
    expect(steps.flatMap(({ commands }) => commands)).toEqual([]);
  });
});

describe('numbered steps that a person does, in a runbook without commands', () => {
  it.each(['Procedure', 'Backend rollback', 'Rolling back `api`', 'Steps', 'How to revert a release'])(
    'are a procedure under "%s"',
    (title) => {
      const { procedures } = read(`# Pier\n\n## ${title}\n\n1. Find the last good release.\n2. Promote it.\n`);
      expect(procedures.map(({ steps }) => steps.map((step) => step.title))).toEqual([
        ['Find the last good release', 'Promote it'],
      ]);
    },
  );

  it.each([
    ['Contents of this runbook', '1. [Principles](#principles)\n2. [Steps](#steps)\n'],
    ['Symptoms', '1. Errors.\n2. No traffic.\n'],
    ['Rollback policy', 'Ask the lead.\n'],
  ])('are none under "%s"', (title, body) => {
    expect(read(`# Pier\n\n## ${title}\n\n${body}`).procedures).toEqual([]);
  });
});

describe('a block without a language', () => {
  const text = `# Pier\n\n## Look\n\n    oc get lease -n pier\n\n    holderIdentity: pier-1\n    leaseDurationSeconds: 60\n\n    oc get pods -n pier\n`;

  it('shows what a command printed, which is no command', () => {
    expect(stepsOf(text).flatMap(({ commands }) => commands.map((each) => each.text))).toEqual([
      'oc get lease -n pier',
      'oc get pods -n pier',
    ]);
    expect(read(text).gaps.map(({ code }) => code)).toContain('session-output');
  });

  it('keeps lines of a here-document, and scripts', () => {
    const script = '    kubectl apply -f - <<EOF\n    kind: Pod\n\n    spec: none\n    EOF\n\n    kubectl get pods\n';
    expect(stepsOf(`# Pier\n\n## Do\n\n${script}`).flatMap(({ commands }) => commands)[0]?.text).toContain(
      'spec: none',
    );
  });
});

it('tells that what follows a lone ssh in its block runs on this machine, also where it is a command of its own', () => {
  const severities = (text: string) => {
    const { model, source } = parseRunbook(text, 'pier.md');
    return checkRunbook(model, source)
      .findings.filter(({ rule }) => rule === 'needs-terminal')
      .map(({ severity }) => severity);
  };
  const block = (commands: string): string => `\`\`\`bash\n${commands}\n\`\`\`\n`;
  expect(severities(`# Pier\n\n## Look\n\n${block('ssh pier-1\n\nsudo docker ps')}`)).toEqual(['error']);
  expect(severities(`# Pier\n\n## Look\n\n${block('kubectl exec -it pier -- sh\n\nkubectl get pods')}`)).toEqual([
    'warning',
  ]);
  expect(severities(`# Pier\n\n## Look\n\n${block('ssh pier-1')}\nthen\n\n${block('docker ps')}`)).toEqual(['note']);
});
