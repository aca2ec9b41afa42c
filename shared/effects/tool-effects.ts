/** What the commands of one tool do: the shape of every file in tools/, and how a command is matched with it. */

/**
 * A pattern is words of a command: `rollout status`, `* describe-*` (`*` stands for any letters of one word), `... list` (the
 * word anywhere after the first), and flags that stand anywhere: `push --force`, `scale --replicas=0`.
 */
export interface ToolEffects {
  readonly tool: string;
  /** Other names of the program. */
  readonly names?: readonly string[];
  /** True when its commands may be written in capitals. */
  readonly anyCase?: boolean;
  /** Flags with a value that may stand between the words of the command. */
  readonly values: readonly string[];
  readonly read: readonly string[];
  readonly change: readonly string[];
  /** What cannot be undone, and in the words of a sentence ("This ...") what it does. */
  readonly destroys: Readonly<Record<string, string>>;
  /** What can be undone, but takes something down, or acts without asking. */
  readonly harms: Readonly<Record<string, string>>;
  /** The effect of its other commands; absent: unknown. */
  readonly otherwise?: string;
}

/** A command of a tool, taken apart. */
export interface ReadCommand {
  /** Without flags and their values. */
  readonly path: readonly string[];
  readonly words: readonly string[];
}

/** `words` without the name of the program. */
export function readCommand(words: readonly string[], { values, anyCase = false }: ToolEffects): ReadCommand {
  const cased = anyCase ? words.map((word) => (word.startsWith('-') ? word : word.toLowerCase())) : words;
  const path: string[] = [];
  for (let at = 0; at < cased.length; at += 1) {
    const word = cased[at] ?? '';
    if (word === '--') break;
    if (!word.startsWith('-') && !word.startsWith('+')) path.push(word);
    else if (values.includes(word)) at += 1;
  }
  return { path, words: cased };
}

interface Pattern {
  readonly text: string;
  readonly flags: readonly string[];
  readonly named: readonly string[];
}

/** Patterns by their first word; under '' those that begin with a flag, a wildcard or `...`. */
type PatternIndex = ReadonlyMap<string, readonly Pattern[]>;

/** The tables do not change, and every command of a runbook is held against one. */
const INDEXED = new WeakMap<object, PatternIndex>();

function indexOf(source: readonly string[] | Readonly<Record<string, string>>): PatternIndex {
  const known = INDEXED.get(source);
  if (known !== undefined) return known;
  const patterns = (Array.isArray(source) ? (source as readonly string[]) : Object.keys(source)).map(
    (text): Pattern => {
      const parts = text.split(' ');
      return {
        text,
        flags: parts.filter((part) => part.startsWith('-')),
        named: parts.filter((part) => !part.startsWith('-')),
      };
    },
  );
  const index = Map.groupBy(patterns, ({ named: [first = ''] }) => (/[*.]/.test(first) ? '' : first));
  INDEXED.set(source, index);
  return index;
}

/** How well the best of the patterns fits a command; 0: none does. */
export const bestFit = (patterns: readonly string[], command: ReadCommand): number =>
  best(patterns, command)?.score ?? 0;

/** What the best fitting of the patterns says, and how well it fits; null: none fits. */
export function fitting(
  said: Readonly<Record<string, string>>,
  command: ReadCommand,
): { readonly what: string; readonly score: number } | null {
  const found = best(said, command);
  return found === null ? null : { what: said[found.text] ?? '', score: found.score };
}

function best(
  source: readonly string[] | Readonly<Record<string, string>>,
  command: ReadCommand,
): { readonly text: string; readonly score: number } | null {
  const index = indexOf(source);
  let found: { readonly text: string; readonly score: number } | null = null;
  for (const pattern of [...(index.get(command.path[0] ?? ' ') ?? []), ...(index.get('') ?? [])]) {
    const score = fit(pattern, command);
    if (score > (found?.score ?? 0)) found = { text: pattern.text, score };
  }
  return found;
}

/** A flag decides more than a word, and a whole word more than a part of one. */
function fit({ flags, named }: Pattern, { path, words }: ReadCommand): number {
  let score = 0;
  for (const flag of flags) {
    const found = fitOfFlag(flag, words);
    if (found === 0) return 0;
    score += found;
  }
  if (named[0] === '...') {
    const [, verb = ''] = named;
    // The first word is a group, which may have the name of a verb: `gcloud run services list`.
    const at = path.findIndex((word, index) => index > 0 && fitOfWord(verb, word) > 0);
    return at < 0 ? 0 : score + 30 - at;
  }
  for (const [index, part] of named.entries()) {
    const word = path[index];
    const found = word === undefined ? 0 : fitOfWord(part, word);
    if (found === 0) return 0;
    score += found;
  }
  return score;
}

function fitOfWord(part: string, word: string): number {
  if (part === '*') return 3;
  if (!part.includes('*')) return part === word ? 10 : 0;
  const [head = '', tail = ''] = part.split('*');
  return word.length >= head.length + tail.length && word.startsWith(head) && word.endsWith(tail)
    ? 5 + (head.length + tail.length) / 10
    : 0;
}

function fitOfFlag(flag: string, words: readonly string[]): number {
  const [name = flag, value] = flag.split('=');
  const letter = /^-[A-Za-z]$/.test(name) ? name.charAt(1) : '';
  for (const [index, word] of words.entries()) {
    if (value !== undefined) {
      if (word === flag || (word === name && words[index + 1] === value)) return 14;
    } else if (word === name || word.startsWith(`${name}=`)) return 13;
    else if (letter !== '' && /^-[A-Za-z]+$/.test(word) && word.includes(letter)) return 12;
  }
  return 0;
}
