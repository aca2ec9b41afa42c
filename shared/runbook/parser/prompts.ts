/** Prompts in front of typed commands: `$ `, `# `, `> `, `amy@pier:~$ `, `[root@pier ~]# `, `PS C:\> `. */
import { isKnownTool } from '../../effects/effect.ts';

/** Says where it was typed, or is a dollar sign. */
const SURE =
  /^\s*(?:\([\w.-]+\)\s*)?(?:[\w.-]+@[\w.-]+(?::|\s)?[^\s$#%>]*\s?[$#%]|\[[^\]\n]*@[^\]\n]*\]\s?[$#]|(?:ba|z|k)?sh-[\d.]+[$#%]|\$|❯|➜ {2}\S+(?: git:\(\S*\))?(?: ✗)?|➜)\s+(?=\S)/;
/** What the shell writes before a line that goes on with a command. */
const GOES_ON = /^> ?/;
/** Means something else where no session is recorded. */
const DOUBTFUL = /^\s*[#%>]\s+(?=\S)/;

/** True for a text that begins with a typed command. */
export const beginsWithPrompt = (text: string): boolean => SURE.test(firstLine(text));

export interface Typed {
  /** The typed commands: each line is the end of the written one, or has spaces for what was not typed. */
  readonly text: string;
  /** True when lines of a script were taken for what its commands printed. */
  readonly printed: boolean;
}

/**
 * The commands that were typed in a recorded session.
 * @param recorded it says that it is a session: then only lines with a prompt are commands. In a script, a line with a prompt
 *   is one of those that people copy from a terminal, and those around it may be commands too.
 */
export function typedIn(text: string, recorded: boolean): Typed {
  const lines = text.split('\n');
  const documents = linesOfDocuments(lines, recorded);
  const sure = lines.some((line, index) => !documents.has(index) && SURE.test(line));
  const prompt = sure || !recorded ? SURE : DOUBTFUL;
  const first = lines.find((line) => line.trim() !== '' && !/^\s*#/.test(line)) ?? '';
  if (!recorded && !sure) return { text, printed: false };
  // A script that begins without a prompt has one by mistake: all its lines are commands.
  const session = recorded || prompt.test(first);
  let printed = false;
  let unfinished = false;
  const typed = lines.map((line, index) => {
    const document = documents.get(index);
    if (document !== undefined) return document;
    const found = prompt.exec(line)?.[0] ?? '';
    const follows = unfinished && found === '';
    const goesOn = follows && GOES_ON.test(line);
    if (found !== '' || goesOn || (follows && isCut(lines[index - 1] ?? ''))) {
      const words = line.slice(found.length).replace(goesOn ? GOES_ON : /^(?!)/, spaces);
      unfinished = isCut(words) || goesOn || isOpen(words);
      return ' '.repeat(found.length) + words;
    }
    unfinished = false;
    if (!session || (!recorded && (isCommand(line) || /^\s*#/.test(line)))) {
      unfinished = isCut(line);
      return line;
    }
    printed ||= !recorded && line.trim() !== '';
    return spaces(line);
  });
  return { text: typed.join('\n'), printed };
}

const spaces = (text: string): string => ' '.repeat(text.length);

const isCut = (line: string): boolean => /\\\s*$/.test(line);

/** The shell waits for more: the end of a loop, of a pipe or of a quote. */
const isOpen = (line: string): boolean =>
  /(?:\||&&|\bdo|\bthen|\belse|[{(])\s*$/.test(line) || [`'`, '"'].some((quote) => line.split(quote).length % 2 === 0);

/** `holderIdentity: ovn`, `+-----+`, `| name |`: no command begins like this. */
const PRINTED = /^\s*(?:[\w./-]+:(?:\s|$)|[+|│┌├└─]|\(\d+ rows?\))/;

/**
 * What a block without a language shows of its commands' output: whole paragraphs after the first, of lines that no command
 * begins with. `written`: the block; `typed`: without its prompts.
 */
export function withoutOutput(written: string, typed: string): Typed {
  const lines = written.split('\n');
  const kept = typed.split('\n');
  const documents = linesOfDocuments(lines, false);
  let printed = false;
  for (let from = 0, first = true; from < lines.length; ) {
    if (lines[from]?.trim() === '') {
      from += 1;
      continue;
    }
    let until = from;
    while (until < lines.length && lines[until]?.trim() !== '') until += 1;
    const paragraph = lines.slice(from, until);
    if (!first && !documents.has(from) && paragraph.every((line) => PRINTED.test(line))) {
      for (let at = from; at < until; at += 1) kept[at] = ' '.repeat(kept[at]?.length ?? 0);
      printed = true;
    }
    first = false;
    from = until;
  }
  return { text: kept.join('\n'), printed };
}

/** A line between typed commands that is one itself, its prompt forgotten. */
const isCommand = (line: string): boolean => {
  const [tool = '', next = ''] = line.trim().split(/\s+/);
  return isKnownTool(tool) && next !== '' && !/^(?:version|v?\d)/i.test(next);
};

/**
 * The lines of here-documents, without what the shell wrote before them: what looks like a prompt there is text.
 * @param recorded one begins only where a command was typed.
 */
function linesOfDocuments(lines: readonly string[], recorded: boolean): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  /** By text, the last first. */
  const places = Map.groupBy(lines.map((_line, at) => at).toReversed(), (at) =>
    (lines[at] ?? '').replace(GOES_ON, '').trim(),
  );
  for (let at = 0; at < lines.length; at += 1) {
    const line = lines[at] ?? '';
    const word = /(?<!<)<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(line)?.[2];
    if (word === undefined || (recorded && !SURE.test(line) && !DOUBTFUL.test(line))) continue;
    const ends = places.get(word) ?? [];
    while ((ends.at(-1) ?? Infinity) <= at) ends.pop();
    const end = ends.at(-1);
    // One that never ends is none: `cat <<EOF` in a sentence.
    if (end === undefined) continue;
    const typed = GOES_ON.test(lines[end] ?? '');
    for (let inside = at + 1; inside <= end; inside += 1)
      found.set(inside, typed ? (lines[inside] ?? '').replace(GOES_ON, '') : (lines[inside] ?? ''));
    at = end;
  }
  return found;
}

const firstLine = (text: string): string => text.split('\n').find((line) => line.trim() !== '') ?? '';
