import type { RunbookRule } from '../runbook-rule.ts';

/** First symbol of the kinds that get damaged: arrows, dingbats, emoji. */
const SYMBOL = /[\u2010-\u27bf]|[\u{1f300}-\u{1faff}]/u;

export const mojibake: RunbookRule = {
  name: 'mojibake',
  severity: 'warning',
  about: 'UTF-8 symbols that were read as MacRoman and saved again: a message copied from here is unreadable.',
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
          'Symbols of this file are damaged: UTF-8 was read as MacRoman and saved again. They are shown repaired.',
        source: 'unicode.org, MAPPINGS/VENDORS/APPLE/ROMAN.TXT',
        fix: 'Save the repaired text: rollbook check --fix writes it.',
      },
    ];
  },
};
