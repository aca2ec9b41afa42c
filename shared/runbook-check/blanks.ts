/** Finds the values that a person still has to fill in: `<name>`, `[name]`, `{{name}}`, `YOUR_NAME`, `xxx`. */
import { visit } from '../runbook/shell.ts';
import { type Argument, type Call, callAround, type Script, type Span } from './script.ts';

export interface Blank extends Span {
  /** As written. */
  readonly text: string;
  readonly kind: 'marked' | 'template' | 'stand-in';
  /** The word before it, where it tells what the value is: `--region xxx`. */
  readonly before: string;
}

/** Brackets are plain text for tools that print or search. */
const PRINTERS = new Set(['echo', 'printf', 'read', 'alias', 'trap']);
const PATTERN_TOOLS = new Set('grep egrep fgrep rg sed awk jq yq perl python python3 node ruby find tr cut'.split(' '));

/** In the order written. */
export function blanksIn(script: Script): readonly Blank[] {
  const { calls, text, placeholders } = script;
  const marked = placeholders.flatMap((placeholder): readonly Blank[] => {
    // The innermost call decides: `$(...)` is inside the arguments of another call.
    const call = callAround(script, placeholder);
    if (call === undefined || (isText(call) && !isRedirection(placeholder))) return [];
    return [{ ...placeholder, kind: 'marked', before: '' }];
  });
  const templates = [...text.matchAll(TEMPLATE)].flatMap(({ 0: written, 1: name = '', index }): readonly Blank[] => {
    const at = { pos: index, end: index + written.length };
    const call = callAround(script, at);
    return call === undefined || isText(call) || KEYWORD.test(name)
      ? []
      : [{ ...at, text: written, kind: 'template', before: '' }];
  });
  const standing = calls.filter((call) => !isText(call)).flatMap(standIns);
  const found = [...marked, ...templates, ...standing, ...inHereDocuments(script)].toSorted((a, b) => a.pos - b.pos);
  // A call may stand inside of another one, and a word in a here-document of both.
  return found.filter(({ pos }, index) => index === 0 || pos >= (found[index - 1]?.end ?? 0));
}

const isText = ({ tool }: Call): boolean => PRINTERS.has(tool) || PATTERN_TOOLS.has(tool);

/** Outside of quotes, bash would take `<name>` for a redirection in every command: nobody means that. */
const isRedirection = ({ text, quoted }: { readonly text: string; readonly quoted: boolean }): boolean =>
  !quoted && text.startsWith('<');

/** A template of Go begins with a dot (`{{.Names}}`), or with one of its words. */
const TEMPLATE = /\{\{\s*([A-Za-z_][\w-]*)\s*\}\}/g;
const KEYWORD = /^(?:end|else|range|if|with|json|printf|println|now|define|block|break|continue)$/;

/** Files that are written have brackets of their own: only names in capitals, and templates, are blanks there. */
const IN_DOCUMENT = /<[A-Z][A-Z0-9_-]{2,}>|\{\{\s*[A-Za-z_][\w-]*\s*\}\}|\bYOUR[-_][A-Z][A-Z0-9_-]*/g;

function inHereDocuments({ tree, text }: Script): readonly Blank[] {
  const found: Blank[] = [];
  visit(tree, (node) => {
    if (node.type !== 'HereDoc') return;
    const { pos, end } = node.body;
    for (const { 0: written, index } of text.slice(pos, end).matchAll(IN_DOCUMENT))
      found.push({ pos: pos + index, end: pos + index + written.length, text: written, kind: 'marked', before: '' });
  });
  return found;
}

/** As a part of a name or an address, up to a separator. */
const YOURS = /(?:^|[=:/@])(your[-_][a-z][a-z0-9_-]*|YOUR[-_][A-Z][A-Z0-9_-]*)(?=$|[.:/@?])/;
/** Only as a whole value: in a sentence they are ordinary words. */
const WHOLE = /(?:^|=)(TODO|FIXME|TBD|CHANGE[_-]?ME|REPLACE[_-]?ME|changeme|X{3,}|x{3,})$/;

/** In arguments of these, such words are text to search for or to record. */
const GIT_TEXT = new Set(['grep', 'log', '-m', '--message', '--grep', '-S', '-G']);

/** In the order written. Words with a variable in them are skipped: their value is not known. */
function standIns({ tool, args }: Call): readonly Blank[] {
  if (tool === 'mktemp' || (tool === 'git' && args.some(({ value }) => GIT_TEXT.has(value)))) return [];
  return args.flatMap((argument, index) => standInOf(argument, args[index - 1]) ?? []);
}

function standInOf({ plain, value, text, pos }: Argument, previous: Argument | undefined): Blank | null {
  const found = plain ? (WHOLE.exec(value)?.[1] ?? YOURS.exec(value)?.[1]) : undefined;
  if (found === undefined) return null;
  const at = text.indexOf(found);
  if (at < 0) return null;
  const before = at > 0 ? text.slice(0, at) : (previous?.value ?? '');
  return { pos: pos + at, end: pos + at + found.length, text: found, kind: 'stand-in', before };
}
