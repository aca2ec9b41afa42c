import type { Code } from 'mdast';
import { isKnownTool } from '../../effects/effect.ts';
import { type Hints, readHints } from './hints.ts';
import { beginsWithPrompt, typedIn, withoutOutput } from './prompts.ts';

/** A code block: its text, its hints, and the position of each character in the source. */
export interface Fence {
  /** Lower-case language, '' when none. */
  readonly language: string;
  readonly hints: Hints;
  /** Without the fence's indentation; lines end with LF. */
  readonly text: string;
  readonly role: 'commands' | 'text' | 'other';
  /** True when it has no language and its first word is a known command. */
  readonly guessed: boolean;
  /** What it is written in, when it is something to run that Rollbook does not run; null otherwise. */
  readonly notRun: string | null;
  /** True when some of its lines were taken for what the commands printed. */
  readonly printed: boolean;
  readonly start: number;
  readonly end: number;
  readonly line: number;
  /** Converts an offset in `text` to an offset in the source. */
  readonly at: (offset: number) => number;
}

const SHELLS = new Set(['bash', 'sh', 'shell', 'zsh', 'ksh', 'dash', 'shellscript', 'commandline', 'cmdline']);
const SESSIONS = new Set([
  ...['console', 'shell-session', 'shellsession', 'terminal', 'term', 'session', 'shell-console'],
  ...['bash-session', 'sh-session', 'zsh-session', 'terminal-session'],
]);
/** Languages whose code somebody would run, but not Rollbook; by the name to say it with. */
const NOT_RUN: Readonly<Record<string, string>> = Object.fromEntries(
  (
    [
      ['PowerShell', 'powershell pwsh ps1 posh ps'],
      ['the Windows command prompt', 'bat batch cmd dos winbatch'],
      ['another shell than bash', 'fish nu nushell csh tcsh elvish'],
      ['SQL', 'sql postgres postgresql pgsql plpgsql mysql sqlite tsql cql'],
      [
        'a program',
        'python py python3 ruby rb javascript js node typescript ts perl php groovy elixir go lua promql logql',
      ],
    ] as const
  ).flatMap(([name, languages]) => languages.split(' ').map((language) => [language, name])),
);
const TEXTS = new Set(['', 'text', 'txt', 'plain', 'plaintext', 'message']);

export function readFence(node: Code, source: string): Fence {
  const start = node.position?.start.offset ?? 0;
  const end = node.position?.end.offset ?? start;
  const directive = DIRECTIVE.test(node.lang ?? '');
  const language = languageOf((directive ? node.meta?.split(/\s/)[0] : node.lang) ?? '');
  const hints = readHints(
    `${language === 'message' ? 'message ' : ''}${directive ? '' : metaOf(node, source.slice(start, end))}`,
  );
  const text = node.value.split(/\r\n|\n|\r/).join('\n');
  const guessed = language === '' && !hints.message && looksLikeCommands(text);
  const recorded = SESSIONS.has(language);
  const commands = !hints.example && !hints.message && (SHELLS.has(language) || recorded || guessed);
  const session = commands ? typedIn(text, recorded) : { text, printed: false };
  const typed = guessed && !session.printed ? withoutOutput(text, session.text) : session;
  return {
    language,
    hints,
    text: typed.text,
    printed: typed.printed,
    role: commands ? 'commands' : TEXTS.has(language) ? 'text' : 'other',
    guessed,
    notRun: hints.example || hints.message ? null : (NOT_RUN[language] ?? null),
    start,
    end,
    line: node.position?.start.line ?? 1,
    at: offsets(typed.text, source.slice(start, end), start),
  };
}

/** `{code-block} bash` (MyST): the language is what follows. */
const DIRECTIVE = /^\{(?:code-block|code|sourcecode|code-cell)\}$/;

/** `bash` of `{.bash}` (Pandoc), `bash{1,3}` (marked lines), `bash,ignore`, `bash:run.sh`. */
const languageOf = (info: string): string => (/^\{?\.?([\w+#-]+)/.exec(info)?.[1] ?? '').toLowerCase();

/** The info string as written: Markdown would remove the backslash of `\.`, and hints may be patterns. */
function metaOf(node: Code, block: string): string {
  const meta = /^(?:`{3,}|~{3,})[^\S\r\n]*\S+([^\r\n]*)/.exec(block)?.[1] ?? node.meta ?? '';
  // Attributes of other tools: `{"name":"look"}` (Runme), `{1,3}`, and the rest of `{.bash .numberLines}`.
  const rest = node.lang?.startsWith('{') === true && !node.lang.includes('}') ? meta.replace(/^[^}]*\}?/, '') : meta;
  return rest.replace(/^\s*\{[^{}]*\}/, '');
}

/** After a name that is also a word ("make sure", "service is down"), these make a sentence. */
const PROSE =
  /^(?:sure|to|the|is|are|a|an|of|it|that|this|was|were|on|for|and|has|been|your|out|in|by|with|all|not|will|must|should|or|as)$/i;

function looksLikeCommands(text: string): boolean {
  const first = text.split('\n').find((line) => line.trim() !== '' && !line.trim().startsWith('#'));
  if (first === undefined) return false;
  if (beginsWithPrompt(first)) return true;
  const [, tool = '', next = ''] = /^(?:sudo\s+)?([\w-]+)\s+(\S+)/.exec(first) ?? [];
  return isKnownTool(tool) && !PROSE.test(next);
}

/** A fence in a list or quote is indented in the source: each of its lines is the end of a source line. */
function offsets(text: string, block: string, start: number): (offset: number) => number {
  const lines = text.split('\n');
  const sources = [...block.matchAll(/([^\r\n]*)(?:\r\n|\n|\r|$)/g)];
  const skipped = /^(?:`{3}|~{3})/.test(block) ? 1 : 0;
  let reached = 0;
  const starts = lines.map((line, index) => {
    const origin = sources[index + skipped];
    const written = origin?.[1] ?? '';
    // A tab that is partly indentation becomes spaces that the source does not have: count from the first word.
    const whole = written.endsWith(line);
    const lead = whole ? 0 : line.length - line.trimStart().length;
    const column = whole ? written.length - line.length : Math.max(0, written.indexOf(line.trimStart()));
    const mapped = { from: reached, lead, to: start + (origin?.index ?? block.length) + column };
    reached += line.length + 1;
    return mapped;
  });
  return (offset) => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle]?.from ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    const line = starts[low] ?? { from: 0, lead: 0, to: start };
    return Math.min(line.to + Math.max(0, offset - line.from - line.lead), start + block.length);
  };
}
