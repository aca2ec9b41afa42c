/**
 * Files of 1 MB that once took hours, because a pattern was tried at each character of a row. They are read in a thread
 * that is ended when it takes too long, so that the kind of file that fails is known.
 */
import { expect, it } from 'vitest';
import { JobThread } from '#core/untrusted/in-thread.ts';
import { HOSTILE_BYTES, HOSTILE_FILES } from '../../fixtures/hostile-files.ts';
import { repeated } from '../../fixtures/hostile/kind.ts';

/** After this time a command counts as one that never ends. */
const thread = new JobThread({ ms: 180_000, megabytes: 1024 });

const rows = (kind: string): string => {
  const file = HOSTILE_FILES.find((each) => each.kind === `rows of ${kind}`)?.make(HOSTILE_BYTES);
  if (typeof file !== 'string') throw new Error(`there are no rows of ${kind}`);
  return file;
};

it.each([
  ['blanks behind a command that a sentence tells', `# Pier\n\nRun: \`fly a\`${repeated(' ')(HOSTILE_BYTES)}x\n`],
  ['a sentence of reviews', `# Pier\n\n${repeated('review ')(HOSTILE_BYTES)}\n`],
  ['a chain of calling with a gap in it', `# Pier\n\n**Escalation**: Ann${repeated(' ')(15_000)}x, Bob\n`],
  ['rows of blanks in every place', rows('blanks')],
])('%s', { timeout: 600_000 }, async (name, raw) => {
  const { model, source, hash } = await thread.run('parse', { raw, name }, name);
  const { findings } = await thread.run('check', { model, source, now: 0 }, name);
  const { html } = await thread.run('print', { name, hash: hash ?? '', source, findings, now: 0 }, name);
  expect(html).toContain('Pier');
});
