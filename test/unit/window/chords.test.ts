import { describe, expect, it } from 'vitest';
import { chordsOf } from '../../../renderer/app/chords.ts';

type Held = 'alt' | 'ctrl' | 'meta' | 'shift';
const press = (key: string, code: string, ...held: Held[]): readonly string[] =>
  chordsOf({
    key,
    code,
    altKey: held.includes('alt'),
    ctrlKey: held.includes('ctrl'),
    metaKey: held.includes('meta'),
    shiftKey: held.includes('shift'),
  });

describe('a key press', () => {
  it.each<[string, string, string, Held[], string]>([
    ['a letter', 'd', 'KeyD', [], 'd'],
    ['a capital letter', 'D', 'KeyD', ['shift'], 'd'],
    ['Dvorak: what it writes, not where it is', 'd', 'KeyH', [], 'd'],
    ['Cyrillic', 'в', 'KeyD', [], 'd'],
    ['Cyrillic with Ctrl', 'л', 'KeyK', ['ctrl'], 'Ctrl+k'],
    ['Cyrillic with Cmd', 'л', 'KeyK', ['meta'], 'Ctrl+k'],
    ['Cyrillic, stop', 'ю', 'Period', ['ctrl'], 'Ctrl+.'],
    ['Cyrillic, bracket', 'ъ', 'BracketRight', [], ']'],
    ['Greek', 'δ', 'KeyD', [], 'd'],
    ['AZERTY digit', '&', 'Digit1', [], '1'],
    ['AZERTY digit with Shift', '1', 'Digit1', ['shift'], '1'],
    ['AltGr on Windows', ']', 'Digit9', ['ctrl', 'alt'], ']'],
    ['AltGr on Linux', ']', 'Digit9', [], ']'],
    ['Option on a Mac', ']', 'Digit6', ['alt'], ']'],
    ['a key with a name', 'Enter', 'Enter', [], 'Enter'],
  ])('%s', (_what, key, code, held, chord) => {
    expect(press(key, code, ...held)).toContain(chord);
  });

  it.each<[string, string, string, Held[], readonly string[]]>([
    ['Alt and a letter is a shortcut of the system', 'd', 'KeyD', ['alt'], []],
    ['Option and a letter writes another one', '∂', 'KeyD', ['alt'], []],
    ['Alt and a bracket of its own', ']', 'BracketRight', ['alt'], []],
    ['Shift and a digit is no digit', '!', 'Digit1', ['shift'], ['!']],
    ['Dvorak means nothing else', 'd', 'KeyH', [], ['d']],
  ])('%s', (_what, key, code, held, chords) => {
    expect(press(key, code, ...held)).toEqual(chords);
  });
});
