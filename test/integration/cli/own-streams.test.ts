/** The output of the real process is redacted, and has no control characters. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { commandProcess } from '../../fixtures/command-process.ts';
import { dataFolder } from '../../fixtures/data-folder.ts';
import { withVariables } from '../../fixtures/environment.ts';

/** A secret that is known only from an environment variable. */
const SECRET = 'plain-words-4711';

it('say no secret and no control character, neither in a finding nor in an error', async () => {
  withVariables({ SHOP_TOKEN: SECRET });
  const folder = dataFolder();
  writeFileSync(join(folder, 'book.md'), `# Book\n\n\`\`\`bash\ncurl https://${SECRET}.example/ \u001b[2K\n\`\`\`\n`);
  const checked = await commandProcess(folder, ['check', '--no-probe', 'book.md']).ended;
  expect(checked.code).toBe(1);
  expect(checked.out).toContain('⟨U+001B⟩[2K');
  const refused = await commandProcess(folder, ['show', join(folder, SECRET, 'book\u001b[2K.md')]).ended;
  expect(refused.code).toBe(2);
  expect(refused.err).toContain('⟨U+001B⟩[2K');
  for (const said of [checked.out, checked.err, refused.out, refused.err]) {
    expect(said).not.toContain(SECRET);
    expect(said).not.toContain('\u001b');
  }
});
