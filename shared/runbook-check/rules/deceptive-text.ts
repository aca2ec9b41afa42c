import { codeOf, deceptiveIn } from '../../words/visible.ts';
import { visit } from '../../runbook/shell.ts';
import type { Problem, Rule, RunbookRule } from '../rule.ts';
import type { Script, Span } from '../script.ts';
import { allCommands } from '../../runbook/commands.ts';

export const deceptiveCharacter: Rule = {
  name: 'deceptive-character',
  severity: 'error',
  about: 'An invisible or look-alike character: the command runs something other than what it shows.',
  bad: [
    'fly deploy -a shop\u200b --image registry.fly.io/shop:v9',
    'echo ok \u202e# gnihton tegdaw',
    'fly\u00a0releases -a shop',
    'curl -fsS -m 9 https://ex\u0430mple.com/health',
    'fly releases \u2013a shop',
    'curl -fsS -m 9 https://shop.example\u2215@evil.example/health',
    'echo \u001b[2K',
    'git commit -m \u201Cback to v9\u201D',
    'psql -X -c \u2018select 1\u2019',
  ],
  good: [
    'echo "fertig \u2013 alles gut"',
    'echo "готово"',
    'psql -X "$URL" -c "select \'Zoë\'"',
    'echo "\u{1F6A8} down"',
    'fly releases -a shop',
    'echo "don\u2019t say \u201Cdone\u201D yet"',
    'fly status -a shop # it\u2019s read only',
  ],
  check: ({ script }) => [
    ...deceptiveIn(script.text).map(({ index, text, code, why }) => ({
      at: { pos: index, end: index + text.length },
      edits: plainFor(text).map((plain) => ({ pos: index, end: index + text.length, text: plain })),
      message:
        why === 'hidden'
          ? `It contains ${code}, which is invisible.`
          : `It contains ${code}, which looks like another character.`,
      fix: 'Remove it, or type the plain character instead.',
      source: 'Unicode Technical Report 36, Unicode Security Considerations',
    })),
    ...curlyQuotes(script),
  ],
};

/** What is meant by a character, where only one thing can be; none: a person has to decide. */
function plainFor(text: string): readonly string[] {
  if (/^[\u2010-\u2015\u2212]+$/u.test(text)) return [text === '\u2014' ? '--' : '-'.repeat(text.length)];
  if (/^[\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]$/u.test(text)) return [' '];
  if (/^[\u00AD\u200B-\u200F\u2060-\u2064\uFEFF]$/u.test(text)) return [''];
  const latin = LIKE[text];
  return latin === undefined ? [] : [latin];
}

/** Letters that look exactly like these. */
const LIKE: Readonly<Record<string, string>> = Object.fromEntries(
  [
    'аa',
    'еe',
    'оo',
    'рp',
    'сc',
    'хx',
    'уy',
    'іi',
    'ѕs',
    'јj',
    'οo',
    'АA',
    'ВB',
    'ЕE',
    'КK',
    'МM',
    'НH',
    'ОO',
    'РP',
    'СC',
    'ТT',
    'ХX',
  ].map((pair) => [pair.charAt(0), pair.charAt(1)]),
);

const CURLY: Readonly<Record<string, string>> = Object.fromEntries([
  ...Array.from('\u201C\u201D\u201E\u201F').map((quote) => [quote, '"'] as const),
  ...Array.from('\u2018\u2019\u201A\u201B').map((quote) => [quote, "'"] as const),
]);

/** A word processor made them of plain quotes. In quoted text they are text; elsewhere bash does not take them for quotes. */
function curlyQuotes({ text, tree }: Script): readonly Problem[] {
  const found = [...text.matchAll(/[\u2018-\u201F]/g)];
  if (found.length === 0) return [];
  const quoted: Span[] = [];
  visit(tree, (node) => {
    if (node.type === 'SingleQuoted' || node.type === 'DoubleQuoted') quoted.push(node);
    if (node.type === 'HereDoc') quoted.push(node.body);
  });
  return found
    .filter(({ index }) => !quoted.some(({ pos, end }) => pos <= index && index < end) && !inComment(text, index))
    .map(({ 0: char, index }) => ({
      at: { pos: index, end: index + 1 },
      message: `It contains ${codeOf(char)}, a quotation mark that bash takes for a letter.`,
      fix: `Write ${CURLY[char] ?? '"'} instead.`,
      edits: [{ pos: index, end: index + 1, text: CURLY[char] ?? '"' }],
      source: 'POSIX shell 2.2, Quoting',
    }));
}

const inComment = (text: string, index: number): boolean =>
  /(?:^|\s)#/.test(text.slice(text.lastIndexOf('\n', index - 1) + 1, index));

/** Overrides, embeddings and isolates: the text after one is shown in another order than it is written. */
const REORDERS = /[\u202A-\u202E\u2066-\u2069]+/g;

export const reorderedText: RunbookRule = {
  name: 'reordered-text',
  severity: 'warning',
  about: 'An invisible character that changes the order in which text outside commands, or a comment, is shown.',
  bad: [
    '# Shop\n\nNever run \u202Ella tratser\u202C here.\n',
    '# Shop\n\n```bash\n# \u2066drop nothing\u2069\nfly status -a shop\n```\n',
  ],
  good: ['# Shop\n\nשלום, restart it.\n', '# Shop\n\n```bash\nfly status -a shop\n```\n'],
  check: ({ model, source }) => {
    const commands = allCommands(model);
    // Those in commands are reported by deceptive-character.
    return [...source.matchAll(REORDERS)]
      .filter(({ index }) => !commands.some(({ start, end }) => start <= index && index < end))
      .slice(0, 100)
      .map(({ index, 0: found }) => ({
        start: index,
        end: index + found.length,
        shown: Array.from(found, codeOf).join(' '),
        message: 'An invisible character: the text after it is shown in another order than it is written.',
        fix: 'Take it out.',
        source: 'Unicode Standard Annex 9, Bidirectional Algorithm',
      }));
  },
};

/** Symbols that get damaged: arrows, dingbats, emoji. */
const SYMBOL = /[\u2010-\u27bf]|[\u{1f300}-\u{1faff}]/u;

export const mojibake: RunbookRule = {
  name: 'mojibake',
  severity: 'warning',
  about: 'UTF-8 symbols that were read as MacRoman and saved again: messages copied from the file are unreadable.',
  bad: ['# Shop\n\n‚ö†Ô∏è DANGER: read this first\n', '# Shop\n\n\uF8FFüö® ROLLBACK INITIATED\n'],
  good: ['# Shop\n\n🚨 ROLLBACK INITIATED\n', '# Größe\n\nfünf Öfen, naïve café\n'],
  check: ({ model, source }) => {
    if (!model.repaired) return [];
    const found = SYMBOL.exec(source);
    const start = found?.index ?? 0;
    return [
      {
        start,
        end: start + (found?.[0].length ?? 1),
        message:
          'Symbols in this file are damaged: UTF-8 was read as MacRoman and saved again. Rollbook shows them repaired.',
        source: 'unicode.org, MAPPINGS/VENDORS/APPLE/ROMAN.TXT',
        fix: 'Save the repaired text: rollbook check --fix writes it.',
      },
    ];
  },
};
