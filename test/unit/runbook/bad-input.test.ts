import type { Text } from 'mdast';
import { describe, expect, it } from 'vitest';
import { RollbookError } from '#shared/api/result.ts';
import type { Command, Runbook } from '#shared/runbook/model.ts';
import { parseRunbook } from '#shared/runbook/parse.ts';
import { plainText } from '#shared/runbook/parser/nodes.ts';

function refusal(raw: Uint8Array | string): RollbookError {
  try {
    parseRunbook(raw, 'bad.md');
  } catch (thrown) {
    if (thrown instanceof RollbookError) return thrown;
    throw thrown;
  }
  throw new Error('The runbook was taken.');
}

const commandsOf = ({ procedures, otherCommands }: Runbook): readonly Command[] => [
  ...procedures.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands)),
  ...otherCommands,
];

describe('a file that is no runbook', () => {
  it('is refused with its size when it is over 1 MB', () => {
    const error = refusal('# x\n'.repeat(5 * 1024 * 256));
    expect(error.code).toBe('too-large');
    expect(error.message).toContain('bad.md has 5.0 MB (5242880 bytes)');
    expect(error.details).toEqual({ bytes: 5_242_880, limit: 1_048_576 });
    expect(error.advice).toBeTruthy();
  });

  it('counts bytes, not characters, and takes exactly 1 MB', () => {
    expect(refusal('é'.repeat(524_289)).code).toBe('too-large');
    expect(parseRunbook(`# x\n${'a'.repeat(1_048_572)}`, 'limit.md').model.title).toBe('x');
  });

  it.each([
    ['a NUL', Buffer.from('# Title\nline\0two'), 'line 2'],
    ['other control characters', Buffer.from('# Title\n\u0001'), 'line 2'],
    ['bytes that are not UTF-8', Buffer.from([0x23, 0x20, 0xff, 0xfe, 0x41]), 'not UTF-8'],
    ['UTF-16', Buffer.from('# Title', 'utf16le'), 'is UTF-16 text'],
    ['UTF-16 with its mark', Buffer.from('\uFEFF# Größe', 'utf16le'), 'is UTF-16 text'],
    ['UTF-16, big end first', Buffer.from('# Title', 'utf16le').swap16(), 'is UTF-16 text'],
    ['the start of a PNG', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), 'not UTF-8'],
  ])('is refused as not text: %s', (_what, raw, says) => {
    const error = refusal(raw);
    expect(error.code).toBe('not-text');
    expect(error.message).toContain(says);
    expect(error.advice).toBeTruthy();
  });
});

describe('broken front matter', () => {
  it.each([
    ['broken YAML', '---\nrollbook: 1\ntitle: [open\n---\n# x\n', 3, 'not valid YAML'],
    ['never closed', '---\nrollbook: 1\n# x\n', 1, 'never closed'],
    ['an unknown key', '---\nrollbook: 1\nservces: {}\n---\n', 3, 'servces'],
    ['a wrong version', '---\nrollbook: 2\n---\n', 2, 'rollbook'],
    ['a forgotten version', '---\nservices: {}\n---\n', 2, 'rollbook'],
    [
      'a service without health',
      '---\nrollbook: 1\nservices:\n  web:\n    title: Web\n    platform: fly\n---\n',
      5,
      'services.web.health',
    ],
    [
      'a health that is no address',
      '---\nrollbook: 1\nservices:\n  web: { title: W, platform: fly, health: web }\n---\n',
      4,
      'https://',
    ],
    ['an unknown source', '---\nrollbook: 1\nvariables:\n  A: { from: thin-air }\n---\n', 4, 'variables.A'],
    [
      'a pattern that is none',
      '---\nrollbook: 1\nvariables:\n  A: { from: prompt, ask: A, pattern: "(" }\n---\n',
      4,
      'regular expression',
    ],
    ['a list instead of keys', '---\nrollbook: 1\nmatrix: yes\n---\n', 3, 'matrix'],
    ['the same key twice', '---\nrollbook: 1\ntitle: a\ntitle: b\n---\n', 4, 'YAML'],
    ['a date that is none', '---\nrollbook: 1\nreview:\n  every: 90d\n  last: soon\n---\n', 5, 'review.last'],
  ])('%s: says where and how to fix it', (_what, text, line, says) => {
    const error = refusal(text);
    expect(error.code).toBe('bad-front-matter');
    expect(error.message).toContain(says);
    expect(error.message).toContain('bad.md');
    expect(error.details).toEqual({ line });
    expect(error.message).toContain(`line ${line}`);
    expect(error.advice).toBeTruthy();
  });

  it.each([
    ['rollbook: 2', 'has 2 at rollbook, which must be 1'],
    ['services: {}', 'lacks rollbook, which must be 1'],
    ['rollbook: 1\nservces: {}', 'has the key "servces", which Rollbook does not know'],
    ['rollbook: 1\ntitle: ""', 'has an empty text at title'],
    ['rollbook: 1\ntitle: [a]', 'has a list at title, which must be text'],
    ['rollbook: 1\nreview:', 'has nothing at review, which must be keys with values'],
    [
      'rollbook: 1\nservices: { Web: 1 }',
      'has the key "Web" at services, which must be letters in lower case, digits and hyphens',
    ],
    [
      'rollbook: 1\nservices: { web: { title: W, platform: heroku, health: "http://x" } }',
      'has "heroku" at services.web.platform, which must be fly or generic',
    ],
    [
      'rollbook: 1\nservices: { web: { title: W, platform: fly } }',
      'lacks services.web.health, which must be an address that starts with https:// or http://, keys with url, or a list of these',
    ],
    [
      'rollbook: 1\nvariables: { A: { from: thin-air } }',
      'has "thin-air" at variables.A.from, which must be service.id, service.health, release.version, release.image, prompt or environment',
    ],
    [
      'rollbook: 1\nvariables: { A: { from: prompt, ask: a, pattern: "(" } }',
      'has "(" at variables.A.pattern, which must be a regular expression (RE2)',
    ],
    [
      'rollbook: 1\nvariables: { A: { from: service.id, secret: true } }',
      'has the key "secret" at variables.A, which Rollbook does not know',
    ],
    ['rollbook: 1\nmatrix: [{ match: x }]', 'lacks matrix (entry 1).procedures, which must be a list'],
    [
      'rollbook: 1\nauthority: [{ approver: me }]',
      'has "me" at authority (entry 1).approver, which must be anyone, team-lead or manager',
    ],
    ['rollbook: 1\ndatabase: { url: A, name: x }', 'lacks project or host at database'],
    [
      'rollbook: 1\ntitle: a: b',
      'is not valid YAML: a value goes on in the next line or has a second colon, without quotes',
    ],
    ['rollbook: 1\ntitle: @a', 'is not valid YAML: a value begins with a character that needs quotes'],
    ['rollbook: 1\nreview:\n\tevery: 90d', 'is not valid YAML: it is indented with a tab; use spaces'],
    ['rollbook: 1\ntitle: "a', 'is not valid YAML: a quote, bracket, comma or colon is missing'],
  ])('%j: is a sentence in our words', (front, says) => {
    const { message } = refusal(`---\n${front}\n---\n# x\n`);
    expect(message).toMatch(/^The front matter of bad\.md .+ \(line \d+\)\.$/);
    expect(message).toContain(`The front matter of bad.md ${says} (line`);
    expect(message).not.toMatch(/expected|received|Invalid|regex/);
  });

  it('says which key was meant', () => {
    expect(refusal('---\nrollbook: 1\nservces: {}\n---\n').advice).toBe('Did you mean "services"?');
  });

  it('does not repeat what may be a password', () => {
    const url = 'postgres://ann:hunter2@db.example.org/shop';
    const { message } = refusal(`---\nrollbook: 1\ndatabase: { url: "${url}", host: db, name: shop }\n---\n`);
    expect(message).toContain('has a wrong text at database.url, which must be the name of an environment variable');
    expect(message).not.toContain('hunter2');
  });

  it('does not take a bomb of aliases', () => {
    const layers = Array.from(
      { length: 12 },
      (_, index) => `k${index + 1}: &k${index + 1} [${`*k${index},`.repeat(9)}]`,
    );
    expect(refusal(`---\nrollbook: 1\nk0: &k0 [x]\n${layers.join('\n')}\n---\n`).code).toBe('bad-front-matter');
  });
});

describe('the hash of a runbook', () => {
  it('is made of the bytes as they came, before any repair', () => {
    const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
    const raw = Buffer.from('\uFEFF# \u201A\u00FA\u00D6\r\n');
    expect(parseRunbook(raw, 'x.md', hex).hash).toBe(raw.toString('hex'));
    expect(parseRunbook(raw, 'x.md', hex).source).toBe('# \u2705\r\n');
    expect(parseRunbook(raw, 'x.md').hash).toBeNull();
  });
});

describe('a file that holds more than a runbook may', () => {
  /** Of 1,000 characters each. */
  const longCommands = (count: number): string =>
    `# T\n\`\`\`bash\n${`ls ${'a'.repeat(997)}\n`.repeat(count)}\`\`\`\n`.replaceAll(
      /(?<=\n)(?:ls a+\n){15}/g,
      '$&```\n\n```bash\n',
    );
  const commands = (count: number): string => `# T\n\`\`\`bash\n${'ls\n'.repeat(count)}\`\`\`\n`;
  const numbered = (count: number, piece: (n: number) => string): string =>
    Array.from({ length: count }, (_, n) => piece(n)).join('');
  const cells = `| a | b |\n|---|---|\n${'| x | y |\n'.repeat(9_000)}`;

  it.each([
    ['lines', 'a\n'.repeat(10_000), '10,001 lines; a runbook may have 10,000'],
    ['emphasis', `${'*a* '.repeat(140)}\n\n`.repeat(150), 'Markdown elements; a runbook may have 25,000'],
    ['cells, before they are parsed', cells, 'Markdown elements; a runbook may have 25,000'],
    ['nested lists, before they are parsed', `${' '.repeat(30)}- a\n`.repeat(6_000), 'Markdown elements'],
    ['items in one line, before they are parsed', `${'- '.repeat(29)}a\n`.repeat(2_000), 'Markdown elements'],
    [
      'marks behind what is no fence',
      `a\n        ~~~\n\n${`${'*a* '.repeat(140)}\n\n`.repeat(400)}`,
      '100,001 Markdown marks',
    ],
    [
      'cells in what may be no fence',
      `a\n        ~~~\n\n|a|\n|-|\n${`${'|a'.repeat(500)}\n`.repeat(130)}`,
      'Markdown elements',
    ],
    ['footnotes', numbered(4_001, (n) => `[^${n}]: a\n`), '4,001 footnotes; a runbook may have 4,000'],
    ['unmarked lines', `> a\n${'a\n'.repeat(3_001)}`, '3,001 lines that continue a quote or list without its marker'],
    ['commands', commands(2_001), '2,001 commands; a runbook may have 2,000'],
    ['text of commands', longCommands(201), 'characters of commands; a runbook may have 200,000'],
    ['front matter', `---\ntitle: "${'a'.repeat(65_000)}"\n---\n`, 'characters of front matter'],
  ])('is refused with the number: %s', (_what, text, says) => {
    const error = refusal(text);
    expect(error.code).toBe('too-large');
    expect(error.message).toContain(says);
    expect(error.advice).toBeTruthy();
  });

  it.each([
    ['lines', 'a\n'.repeat(9_999)],
    ['footnotes', numbered(4_000, (n) => `[^${n}]: a\n`)],
    ['unmarked lines', `> a\n${'a\n'.repeat(2_999)}`],
    ['boxes to tick', '- [ ] [a](b)\n'.repeat(3_400)],
    ['commands', commands(2_000)],
    ['text of commands', longCommands(199)],
    ['front matter', `---\ntitle: "${'a'.repeat(63_000)}"\n---\n# T\n`],
  ])('is taken up to the limit: %s', (_what, text) => {
    expect(parseRunbook(text, 'limit.md').model.title).toBeTruthy();
  });

  it.each([
    ['behind what is no fence', `${'# a\n'.repeat(3_000)}\na\n        ~~~\n\n${'>'.repeat(1_000)}\n`, 3_005],
    ['behind a block of HTML that holds another', `<pre>\n${'>'.repeat(99)}\n</pre>\n${'>'.repeat(1_000)}\n`, 4],
  ])('is refused with the line where lists or quotes are nested too deeply: %s', (_what, text, line) => {
    const error = refusal(text);
    expect(error.code).toBe('too-large');
    expect(error.message).toBe(`bad.md has lists or quotes nested too deeply (line ${line}).`);
    expect(error.advice).toBeTruthy();
  });

  it.each([
    ['rows of no table', '| *a* |\n'.repeat(500), 151],
    ['items that go on with a paragraph', `a\n${'2. *b*\n'.repeat(500)}`, 152],
    ['definitions that define nothing', '[a]: b c\n'.repeat(500), 151],
    ['comments that never end', `b ${'<!-- a '.repeat(20)}`, 1],
    ['short lines that are no headings', '#a\n'.repeat(8_000), 5_334],
  ])('keeps the rest of a paragraph that no one could read as plain text, and says where: %s', (_what, text, line) => {
    const { model, tree } = parseRunbook(`${text}\n\n**b**\n`, 'x.md');
    expect(model.gaps.filter(({ code }) => code === 'plain-text').map((gap) => gap.line)).toEqual([line]);
    expect(tree.children.map(({ type }) => type)).toEqual(['paragraph', 'paragraph']);
    const [first] = tree.children;
    if (first?.type !== 'paragraph') expect.unreachable();
    const last = first.children.at(-1);
    expect(last).toMatchObject({ type: 'text' });
    expect(text.trimEnd().endsWith(plainText(last as Text))).toBe(true);
    expect(tree.children[1]).toMatchObject({ children: [{ type: 'strong' }] });
  });

  it('keeps a code block that is too long to be read as one command, says so, and reads on', () => {
    const { model } = parseRunbook(
      `# T\n\n\`\`\`bash\n${'echo a;'.repeat(3_000)}\n\`\`\`\n\n\`\`\`bash\nls\n\`\`\`\n`,
      'x.md',
    );
    expect(commandsOf(model).map(({ effect, form }) => [effect, form])).toEqual([
      ['unknown', 'script'],
      ['read', 'words'],
    ]);
    expect(model.gaps.map(({ message }) => message)).toContain(
      'The code block cannot be read as commands: it has 21000 characters, more than 20000.',
    );
  });

  it('takes hints that are too many for unknown ones', () => {
    const { model } = parseRunbook(`# T\n\n\`\`\`bash ${'id=a '.repeat(500)}\nls\n\`\`\`\n`, 'x.md');
    expect(model.gaps.filter(({ code }) => code === 'unread-hint')).toHaveLength(1);
    expect(commandsOf(model)).toHaveLength(1);
  });
});
