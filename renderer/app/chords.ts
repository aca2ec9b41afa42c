/** Which bindings a key press may mean, on any keyboard layout. */

type Press = Pick<KeyboardEvent, 'key' | 'code' | 'altKey' | 'ctrlKey' | 'metaKey' | 'shiftKey'>;

/** Keys of punctuation on a US keyboard, by `code`. */
const PUNCTUATION: Readonly<Record<string, string>> = {
  BracketLeft: '[',
  BracketRight: ']',
  Comma: ',',
  Period: '.',
  Slash: '/',
};

const PRINTABLE = /^[!-~]$/;

/**
 * In the form of `Binding.keys`, the likeliest first: what the key writes; then, where that is no character of ASCII
 * (Cyrillic, Greek), what is at its place on a US keyboard; and the digit of an unshifted digit key that writes something
 * else (AZERTY). With Alt only a character that the key writes by it (AltGr, Option) means something.
 */
export function chordsOf(press: Press): readonly string[] {
  const { key, code, altKey, shiftKey } = press;
  if (altKey) return isWrittenByAlt(press) ? [key] : [];
  const control = press.ctrlKey || press.metaKey ? 'Ctrl+' : '';
  const named = key.length === 1 ? key.toLowerCase() : key;
  const [, digit] = /^Digit(\d)$/.exec(code) ?? [];
  const place =
    digit !== undefined && !shiftKey && key !== digit
      ? digit
      : key.length !== 1 || PRINTABLE.test(key)
        ? undefined
        : (/^Key([A-Z])$/.exec(code)?.[1]?.toLowerCase() ?? (shiftKey ? undefined : PUNCTUATION[code]));
  return [named, place].filter((chord) => chord !== undefined).map((chord) => control + chord);
}

/** Windows reports AltGr as Ctrl and Alt, a Mac Option as Alt. A letter or a key that writes the same without Alt is a shortcut. */
const isWrittenByAlt = ({ key, code }: Press): boolean =>
  PRINTABLE.test(key) && !/[a-z\d]/i.test(key) && PUNCTUATION[code] !== key;
