/** A plain runbook, as a team has it: nothing was written into it for Rollbook. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { answering, type CommandLine, commandLine } from '../../fixtures/command-line.ts';
import { fakePrograms } from '../../fixtures/fake-programs.ts';

const SEED = fileURLToPath(new URL('../../fixtures/runbooks/seed.md', import.meta.url));

interface Listed {
  readonly incidents: readonly { readonly id: string; readonly outcome: string | null }[];
}

const newest = async (line: CommandLine) => ((await line.run(['incidents', '--json'])).json() as Listed).incidents[0];

/** Walks through Option 1; the answer to whether the symptom is gone, and what follows it. */
async function walk(...symptom: readonly { readonly to: string; readonly type: string | null }[]) {
  const programs = fakePrograms({ fly: 'echo "v10 deployed"', curl: 'echo ok', npm: 'echo "all well"' });
  const line = commandLine();
  copyFileSync(SEED, join(line.cwd, 'seed.md'));
  const said = await line.run(
    ['run', 'seed.md', '--trust', '--row', '3'],
    answering([
      ...symptom,
      { to: 'Which service', type: '' },
      { to: 'I checked it myself', type: '1' },
      { to: '? Enter does it', type: '' },
      { to: 'What do you see', type: 'as it should be' },
      { to: 'Resolve the incident with one sentence', type: 'Back to v9.' },
    ]),
  );
  return { said, line, programs, listed: await newest(line) };
}

describe('a plain runbook, unedited', () => {
  it("is reviewed, declared, walked to its end and reported, with a person's word for what nothing proves", async () => {
    const { said, line, programs, listed } = await walk({ to: 'Is it gone?', type: '1' });
    expect(said.err).toBe('');
    expect(programs.calls()).toContain('fly releases rollback v9 -a hotdash-agent-service');
    expect(said.out).toContain('Step 5 of 6: Monitor for 15 Minutes');
    expect(said.out).toContain('Step 6 of 6: Confirm that the symptom is gone');
    expect(said.out).toContain('The symptom was: Complete service outage >5 min');
    expect(said.out).toContain(': confirmed, checklist open.');
    // Its steps have no post-condition: a person's word is all that was declared.
    expect(said.code).toBe(0);
    expect(listed?.outcome).toBe('confirmed');
    const report = (await line.run(['export', listed?.id ?? ''])).out;
    expect(report).toContain('outcome: confirmed');
    expect(report).toContain('Rollback completed, the symptom is gone: as it should be');
    expect(report).not.toContain('**Outcome**: verified');
  });

  it('asks for the symptom at the end: still there is a failure, and no clock stops', async () => {
    const { said, line, listed } = await walk(
      { to: 'Confirm that the symptom is gone: failed', type: null },
      { to: 'Is it gone?', type: '2' },
    );
    expect(said.out).toContain('The symptom is still there.');
    expect(said.code).toBe(1);
    expect(listed?.outcome ?? null).toBeNull();
    const json = (await line.run(['export', listed?.id ?? '', '--format', 'json'])).json() as {
      readonly incident: { readonly outcome: string; readonly effective: unknown };
    };
    expect(json.incident).toMatchObject({ outcome: 'failed', effective: null });
  });

  it('without a decision matrix asks for severity, symptom and procedure', async () => {
    const programs = fakePrograms({ pierctl: 'echo done' });
    const line = commandLine();
    const steps = '## Restart the pier\n\n1. **Restart it**\n   ```bash\n   pierctl restart\n   ```\n';
    writeFileSync(join(line.cwd, 'pier.md'), `# Pier\n\n${steps}`);
    const said = await line.run(
      ['run', 'pier.md', '--trust'],
      answering([
        { to: 'Severity (P0 to P3)', type: 'p0' },
        { to: 'What is wrong', type: 'the pier is stuck' },
        { to: 'Which service', type: 'pier-9' },
        { to: 'I checked it myself', type: '1' },
        { to: 'Is it gone?', type: '1' },
        { to: 'What do you see', type: 'it turns' },
        { to: '? Enter does it', type: '' },
        { to: 'Resolve the incident with one sentence', type: 'Restarted.' },
        { to: 'Number', type: '1' },
        { to: 'Why', type: 'it fits' },
        { to: '', type: '' },
      ]),
    );
    expect(said.out).toContain('P0, the pier is stuck (no target), pier-9.');
    expect(programs.calls()).toContain('pierctl restart');
    expect((await newest(line))?.outcome).toBe('confirmed');
    expect(said.code).toBe(0);
  });

  it('a person who vouches for a command that failed does not make it end as declared', async () => {
    fakePrograms({ pierctl: '[ "$1" = state ]' });
    const proof = '   ```bash proof effect=read\n   pierctl state\n   ```\n';
    const line = commandLine();
    const steps = `## Restart the pier\n\n1. **Restart it**\n   \`\`\`bash\n   pierctl restart\n   \`\`\`\n${proof}`;
    writeFileSync(join(line.cwd, 'pier.md'), `# Pier\n\n${steps}`);
    const answers = answering([
      { to: 'Severity (P0 to P3)', type: 'p0' },
      { to: 'What is wrong', type: 'the pier is stuck' },
      { to: 'Which service', type: 'pier-9' },
      { to: 'Is it gone?', type: '1' },
      { to: 'What do you see', type: 'it turns' },
      { to: '? Enter does it', type: '' },
      { to: 'Resolve the incident with one sentence', type: 'Restarted.' },
      { to: 'Number', type: '1' },
      { to: 'Why', type: 'it fits' },
      { to: '', type: '' },
    ]);
    const said = await line.run(
      ['run', 'pier.md', '--trust'],
      (question, before) => /(\d+)\. It works: go on/.exec(before)?.[1] ?? answers(question, before),
    );
    expect(said.out).toContain('Resolved: Restarted.');
    expect((await newest(line))?.outcome).toBe('confirmed');
    expect(said.code).toBe(1);
  });

  it('takes no name of a service that looks like an option', async () => {
    const line = commandLine();
    copyFileSync(SEED, join(line.cwd, 'seed.md'));
    const said = await line.run(['run', 'seed.md', '--trust', '--row', '3', '--service=--all'], []);
    expect(said).toMatchObject({ code: 2 });
    expect(said.err).toContain('The name of the service begins with "-"');
  });
});
