import { Readable } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { openDoor } from '#core/redaction-door.ts';
import { RULES, RUNBOOK_RULES } from '#shared/runbook-check/registry.ts';
import { rollbook } from '../../../electron/cli/program.ts';
import { NO_PROGRESS } from '../../../electron/cli/progress.ts';

async function rules(...args: readonly string[]): Promise<{ code: number; out: string; err: string }> {
  const said = { out: '', err: '' };
  const terminal = {
    out: (text: string) => void (said.out += text),
    err: (text: string) => void (said.err += text),
    exact: (text: string) => void (said.out += text),
    door: openDoor(),
    input: Readable.from([]),
    interactive: false,
    progress: NO_PROGRESS,
    cwd: '/',
  };
  return { code: await rollbook(['rules', ...args], terminal), ...said };
}

describe('rollbook rules', () => {
  it('lists every rule with its severity', async () => {
    const { code, out } = await rules();
    expect(code).toBe(0);
    for (const { name, severity } of [...RULES, ...RUNBOOK_RULES])
      expect(out).toMatch(new RegExp(`^${severity} +${name} `, 'm'));
  });

  it('shows what one finds bad and good, with its fix and source', async () => {
    const { out } = await rules('endless-command');
    expect(out).toContain('endless-command (error)');
    expect(out).toMatch(/Bad:\n {2}fly logs -a shop > logs.txt\n {4}fly logs without --no-tail never exits/);
    expect(out).toContain('    fix: timeout 30 fly logs --no-tail -a shop');
    expect(out).toMatch(/Good:\n {2}fly logs -a shop --no-tail --json/);
    expect(out).toMatch(/Source:\n {2}flyctl v0\.4\.87/);
  });

  it('prints one JSON document', async () => {
    const { rules: found } = JSON.parse((await rules('wrong-table', '--json')).out);
    expect(found).toMatchObject([{ name: 'wrong-table', severity: 'error', holds: 'command' }]);
    expect(found[0].bad[0]).toMatchObject({ message: expect.stringContaining('supabase_migrations') });
    expect(JSON.parse((await rules('--json')).out).rules).toHaveLength(RULES.length + RUNBOOK_RULES.length);
  });

  it('names what to do about a name no rule has', async () => {
    const { code, err } = await rules('no-such-rule');
    expect(code).toBe(2);
    expect(err).toBe('rollbook: There is no rule "no-such-rule".\n  "rollbook rules" lists them.\n');
  });
});
