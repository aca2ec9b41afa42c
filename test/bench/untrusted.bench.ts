/** The longest time the core does not respond while it imports, opens and checks a runbook of the largest allowed size. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openCore } from '#core/core.ts';
import { MAX_RUNBOOK_BYTES } from '#shared/runbook/parser/decode.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import { benchFolder, tell } from './measure.ts';

/** The longest wait that is accepted for other calls to the core. */
const BUDGET_MS = 100;

const STEP = '1. **Do it** [here](http://a.b/c)\n   ```bash\n   fly status -a pier\n   ```\n   - [ ] seen\n';
const upTo = (text: string, most: number): string => text.repeat(Math.floor(most / text.length));
const FAULTY = '```bash\ncurl a $b || true\n```\n\n';
const FILES: Readonly<Record<string, string>> = {
  'steps with a command each': `# Pier\n\n## Option 1: Roll back\n\n${STEP.repeat(1_500)}`,
  'headings and paragraphs': `# Pier\n\n${'## Down again\n\nIt is **down** again.\n\n'.repeat(2_000)}`,
  'commands with four faults each': `# Pier\n\n${FAULTY.repeat(1_950)}`,
  'a script of faults': `# Pier\n\n${`\`\`\`bash\ncd a\n${'curl a $b; '.repeat(1_700)}\n\`\`\`\n\n`.repeat(9)}`,
  'table rows': `# Pier\n\n| a | b |\n|---|---|\n${'| 1 | 2 |\n'.repeat(3_400)}`,
  'list items': `# Pier\n\n${'- down\n'.repeat(5_500)}`,
  'long paragraphs': `# Pier\n\n${upTo(`${'It is down again. '.repeat(800)}\n\n`, MAX_RUNBOOK_BYTES - 100)}`,
  'one long line': `# Pier\n\n${'a'.repeat(MAX_RUNBOOK_BYTES - 100)}\n`,
};

/** Processor time of this thread, ms, which does not depend on how loaded the machine is. */
function spent(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1_000;
}

/** The longest turn of the event loop while `work` runs, in ms of processor time. */
async function longestWait(work: () => Promise<unknown>): Promise<number> {
  let longest = 0;
  let last = spent();
  let over = false;
  const ask = (): void => {
    const now = spent();
    longest = Math.max(longest, now - last);
    last = now;
    if (!over) setImmediate(ask);
  };
  setImmediate(ask);
  await work();
  await new Promise((resolve) => setImmediate(resolve));
  over = true;
  return longest;
}

const folder = benchFolder();
const core = await openCore({ host: 'cli', folder: join(folder, 'data') });
const { runbooks } = core.services;
await inThread('parse', { raw: '# Warm\n', name: 'warm.md' }, 'warm.md');

for (const [kind, text] of Object.entries(FILES)) {
  const path = join(folder, `${kind.replaceAll(' ', '-')}.md`);
  writeFileSync(path, text);
  let hash = '';
  const waits = {
    imported: await longestWait(async () => ({ hash } = await runbooks.importFile(path))),
    // As a host sends it to a window.
    opened: await longestWait(async () => JSON.stringify(await runbooks.open(hash))),
    trusted: await longestWait(() => runbooks.trust(hash, 'bench')),
  };
  const { model, source } = await runbooks.open(hash);
  const checked = await longestWait(() => inThread('check', { model, source, now: 0 }, kind));
  tell({
    what: `nothing answers: ${kind}`,
    value: Math.max(checked, ...Object.values(waits)),
    unit: 'ms',
    budget: BUDGET_MS,
  });
}

await core.close();
