/** Prompts in front of typed commands: `$ `, `# `, `> `, `amy@pier:~$ `, `[root@pier ~]# `, `PS C:\> `. */
import { isKnownTool } from '../../effects/effect.ts';

/** Says where it was typed, or is a dollar sign. */
const SURE =
  /^\s*(?:\([\w.-]+\)\s*)?(?:[\w.-]+@[\w.-]+(?::|\s)?[^\s$#%>]*\s?[$#%]|\[[^\]\n]*@[^\]\n]*\]\s?[$#]|\$|❯|➜)\s+(?=\S)/;
/** Means something else where no session is recorded. */
const DOUBTFUL = /^\s*[#%>]\s+(?=\S)/;

/** True for a text that begins with a typed command. */
export const beginsWithPrompt = (text: string): boolean => SURE.test(firstLine(text));

export interface Typed {
  /** The typed commands; everything else is replaced by spaces, so that offsets stay valid. */
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
  const documents = recorded ? new Set<number>() : linesOfDocuments(lines);
  const sure = lines.some((line, index) => !documents.has(index) && SURE.test(line));
  const prompt = sure || !recorded ? SURE : DOUBTFUL;
  const first = lines.find((line) => line.trim() !== '' && !/^\s*#/.test(line)) ?? '';
  if (!recorded && !sure) return { text, printed: false };
  // A script that begins without a prompt has one by mistake: all its lines are commands.
  const session = recorded || prompt.test(first);
  let printed = false;
  let continued = false;
  const typed = lines.map((line, index) => {
    if (documents.has(index)) return line;
    const found = prompt.exec(line)?.[0] ?? '';
    const mine = found !== '' || continued || !session || (!recorded && (isCommand(line) || /^\s*#/.test(line)));
    const follows = continued;
    continued = mine && /\\\s*$/.test(line);
    if (found !== '') return ' '.repeat(found.length) + line.slice(found.length);
    if (mine) return follows ? line.replace(/^> /, '  ') : line;
    printed ||= !recorded && line.trim() !== '';
    return ' '.repeat(line.length);
  });
  return { text: typed.join('\n'), printed };
}

/** A line between typed commands that is one itself, its prompt forgotten. */
const isCommand = (line: string): boolean => {
  const [tool = '', next = ''] = line.trim().split(/\s+/);
  return isKnownTool(tool) && next !== '' && !/^(?:version|v?\d)/i.test(next);
};

/** The lines of here-documents: what looks like a prompt there is text. */
function linesOfDocuments(lines: readonly string[]): ReadonlySet<number> {
  const found = new Set<number>();
  let ends: string | null = null;
  for (const [index, line] of lines.entries()) {
    if (ends !== null) {
      found.add(index);
      if (line.trim() === ends) ends = null;
      continue;
    }
    ends = /<<-?\s*(["']?)([A-Za-z_]\w*)\1/.exec(line)?.[2] ?? null;
  }
  // A document that never ends is none: `cat <<EOF` in a sentence.
  return ends === null ? found : new Set();
}

const firstLine = (text: string): string => text.split('\n').find((line) => line.trim() !== '') ?? '';
