import { codeOf, deceptiveIn } from '../../words/visible.ts';
import type { Rule, RunbookRule } from '../rule.ts';
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
  ],
  good: [
    'echo "fertig \u2013 alles gut"',
    'echo "готово"',
    'psql -X "$URL" -c "select \'Zoë\'"',
    'echo "\u{1F6A8} down"',
    'fly releases -a shop',
  ],
  check: ({ script }) =>
    deceptiveIn(script.text).map(({ index, text, code, why }) => ({
      at: { pos: index, end: index + text.length },
      message:
        why === 'hidden'
          ? `It contains ${code}, which is invisible.`
          : `It contains ${code}, which looks like another character.`,
      fix: 'Remove it, or type the plain character instead.',
      source: 'Unicode Technical Report 36, Unicode Security Considerations',
    })),
};

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
