/**
 * Makes questions of the blanks of a runbook: `<namespace>` in a command becomes `"$NAMESPACE"`, a variable that a person is
 * asked for before the command runs. A value is never put into shell text; what cannot be made a variable stays a blank.
 */
import type { SyntaxNode } from 'unbash';
import { type Blank, blanksIn } from '../../runbook-check/blanks.ts';
import { readScript } from '../../runbook-check/script.ts';
import { visit } from '../shell.ts';
import type { Command, Variable } from '../model.ts';

/** A value that a person is asked for. */
export interface Question {
  readonly name: string;
  /** As the runbook writes it: `deployment-name`. */
  readonly label: string;
  /** A line with it. */
  readonly example: string;
  /** Its value becomes a part of SQL, or of text for another shell: it must not end that text. */
  readonly plain: boolean;
}

interface Filled {
  /** With variables in place of the blanks. */
  readonly text: string;
  readonly questions: readonly Question[];
  /** Blanks that stay, as written. */
  readonly left: readonly string[];
  /** Converts an offset in `text` to one in the text as written. */
  readonly written: (offset: number) => number;
}

const MAY_HOLD_BLANKS = /[<[]\s*[A-Za-z]|\{\{|your[-_]|xxx|TODO|FIXME|TBD|change[_-]?me|replace[_-]?me/i;

/** Text that another shell reads again. */
const READ_AGAIN = /\b(?:ssh|eval|watch|su|heroku\s+run)\s|\b(?:ba|z|da)?sh\s+-\w*c\b|--command\b|\s-C\s/;

export function fillBlanks(text: string): Filled {
  const nothing = { text, questions: [], left: [], written: (offset: number) => offset };
  if (!MAY_HOLD_BLANKS.test(text)) return nothing;
  const script = readScript(text);
  const blanks = blanksIn(script);
  if (blanks.length === 0) return nothing;
  const contexts = contextsOf(script.tree);
  const assigned = new Set([...text.matchAll(/(?:^|[\s;])([A-Za-z_]\w*)=/g)].map(([, name = '']) => name));
  const again = READ_AGAIN.test(text);
  const questions: Question[] = [];
  const left: string[] = [];
  const moves: { readonly to: number; readonly from: number; readonly length: number }[] = [];
  let made = '';
  let reached = 0;
  for (const blank of blanks) {
    const context = contextAt(contexts, blank.pos);
    const name = nameOf(blank, assigned);
    const reference = referenceIn(context, name, text.charAt(blank.end));
    if (reference === null) {
      left.push(blank.text);
      continue;
    }
    made += text.slice(reached, blank.pos);
    moves.push({ to: made.length, from: blank.pos, length: blank.end - blank.pos });
    made += reference;
    reached = blank.end;
    const plain = again || context !== 'none';
    questions.push({ name, label: labelOf(blank, name), example: lineAt(text, blank.pos), plain });
  }
  return {
    text: made + text.slice(reached),
    questions,
    left,
    written: offsetsOf(moves, questions.length === 0, made, reached),
  };
}

function offsetsOf(
  moves: readonly { readonly to: number; readonly from: number; readonly length: number }[],
  same: boolean,
  made: string,
  reached: number,
): (offset: number) => number {
  if (same) return (offset) => offset;
  return (offset) => {
    if (offset >= made.length) return reached + offset - made.length;
    const at = moves.findLastIndex(({ to }) => to <= offset);
    const move = moves[at];
    if (move === undefined) return offset;
    const next = moves[at + 1];
    // The text after a blank counts back from the next one; inside of a reference it is the blank's beginning.
    const after = (next?.to ?? made.length) - (next === undefined ? reached : next.from);
    const mapped = offset - after;
    return Math.max(move.from, mapped);
  };
}

type Context = 'none' | 'double' | 'single' | 'document' | 'closed';

interface Around {
  readonly pos: number;
  readonly end: number;
  readonly context: Context;
}

function contextsOf(tree: SyntaxNode): readonly Around[] {
  const found: Around[] = [];
  visit(tree, (node) => {
    const { pos, end } = node;
    switch (node.type) {
      case 'SingleQuoted':
        found.push({ pos, end, context: 'single' });
        break;
      case 'DoubleQuoted':
        found.push({ pos, end, context: 'double' });
        break;
      case 'AnsiCQuoted':
      case 'ArithmeticExpansion':
        found.push({ pos, end, context: 'closed' });
        break;
      case 'CommandExpansion':
      case 'ProcessSubstitution':
        found.push({ pos, end, context: 'none' });
        break;
      case 'HereDoc':
        found.push({
          pos: node.body.pos,
          end: node.body.end,
          context: node.delimiter?.quoted === true ? 'closed' : 'document',
        });
        break;
      default:
    }
  });
  return found;
}

/** The innermost one around a position. */
const contextAt = (contexts: readonly Around[], at: number): Context =>
  contexts
    .filter(({ pos, end }) => pos <= at && at < end)
    .reduce<Around | null>(
      (best, each) => (best === null || each.end - each.pos <= best.end - best.pos ? each : best),
      null,
    )?.context ?? 'none';

/** The variable as it has to be written there; null: bash would not expand it. */
function referenceIn(context: Context, name: string, next: string): string | null {
  const bare = /\w/.test(next) ? `\${${name}}` : `$${name}`;
  switch (context) {
    case 'none':
      return `"$${name}"`;
    case 'double':
      return bare;
    case 'document':
      return `\${${name}}`;
    case 'single':
      return `'"$${name}"'`;
    case 'closed':
      return null;
  }
}

/** Names that mean something to a shell or to the programs it starts. */
export const SHELL_NAMES: ReadonlySet<string> = new Set(
  `HOME PATH USER PWD OLDPWD HOSTNAME SHELL TMPDIR RANDOM SECONDS LANG LC_ALL LOGNAME UID EUID PPID IFS TERM EDITOR ENV REPLY
  LINENO BASHPID PIPESTATUS OSTYPE HOSTTYPE MACHTYPE OPTARG OPTIND EPOCHSECONDS FUNCNAME BASH_SOURCE BASH_REMATCH COLUMNS LINES
  KUBECONFIG SSH_AUTH_SOCK DISPLAY MAIL TZ PS1`.split(/\s+/),
);

/** Only a word that stands for a value: its name comes from what is before it. */
const NAMELESS = /^(?:TODO|FIXME|TBD|CHANGE_?ME|REPLACE_?ME|X+|YOUR_VALUE)$/;

function nameOf({ text, before }: Blank, assigned: ReadonlySet<string>): string {
  const own = upper(text).replace(/^YOUR_(?=.)/, '');
  const name = NAMELESS.test(own) ? upper(before) || 'VALUE' : own;
  const begun = /^[A-Z_]/.test(name) ? name : `VALUE_${name}`;
  return SHELL_NAMES.has(begun) || /^(?:PG|LD_|BASH|NODE|FLY_)/.test(begun) || assigned.has(begun)
    ? `${begun}_VALUE`
    : begun;
}

const upper = (text: string): string =>
  text
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '');

const labelOf = ({ text }: Blank, name: string): string => {
  const inner = text.replace(/^[<[{\s]+|[>\]}\s]+$/g, '');
  return NAMELESS.test(upper(inner)) ? name : inner.replace(/^your[-_]/i, '');
};

function lineAt(text: string, pos: number): string {
  const from = text.lastIndexOf('\n', pos - 1) + 1;
  const until = text.indexOf('\n', pos);
  return text
    .slice(from, until < 0 ? undefined : until)
    .trim()
    .slice(0, 160);
}

const SECRET =
  /(?:PASSWORD|PASSWD|PASSPHRASE|(?:^|_)PASS|(?:^|_)PWD|SECRET|TOKEN|(?:API|PRIVATE|ACCESS|SIGNING|ENCRYPTION|AUTH|SERVICE|SECRET)_?KEY|JWT|COOKIE|CREDENTIALS?|(?:DATABASE|DB|REDIS|MONGO\w*|AMQP|RABBITMQ|POSTGRES\w*)_UR[IL]|DSN|CONNECTION_STRING|WEBHOOK\w*)(?:_VALUE)?$/;

/** An address given to such a client usually has a password in it. */
const CLIENT = /\b(?:psql|pg_dump|pg_restore|mysql|mongosh?|mongodump|redis-cli|usql)\b/;
const isSecret = (name: string, text: string): boolean =>
  SECRET.test(name) || (/UR[IL]$/.test(name) && CLIENT.test(text));

/** Neither a space nor a quote nor anything else that has a meaning in SQL or a shell, and no dash at the beginning. */
const PLAIN = '[\\w.:/@%+=,~][\\w.:/@%+=,~-]*';
/** No dash at the beginning: it would be read as a flag. */
const OPEN = '[^\\s-].*';

/** The variables that the questions declare, by name. A declared variable of that name is used instead. */
export function variablesFor(questions: readonly Question[]): Readonly<Record<string, Variable>> {
  const byName = Map.groupBy(questions, ({ name }) => name);
  return Object.fromEntries(
    [...byName].map(([name, asked]): readonly [string, Variable] => {
      const [first] = asked;
      return [
        name,
        {
          from: 'prompt',
          ask: `${first?.label ?? name}, as in: ${first?.example ?? ''}`,
          pattern: asked.some(({ plain }) => plain) ? PLAIN : OPEN,
          secret: asked.some(({ example }) => isSecret(name, example)),
        },
      ];
    }),
  );
}

/** The undeclared `$NAME`s of commands: asked for, or taken from the environment where it has them. */
export function undeclaredVariables(
  commands: readonly Pick<Command, 'text' | 'variables' | 'database'>[],
  declared: Readonly<Record<string, Variable>>,
): Readonly<Record<string, Variable>> {
  const found: Record<string, Variable> = {};
  for (const { text, variables, database } of commands) {
    for (const name of variables) {
      if (Object.hasOwn(declared, name) || Object.hasOwn(found, name) || SHELL_NAMES.has(name)) continue;
      // The text says itself what an unset name means: `${NAME:-fallback}`.
      if (new RegExp(`\\$\\{${name}:?[-=+?]`).test(text) || sets(text, name)) continue;
      found[name] = {
        from: 'prompt',
        ask: `$${name}, as in: ${lineAt(text, Math.max(0, text.search(new RegExp(`\\$\\{?${name}\\b`))))}`,
        pattern: OPEN,
        secret: name === database || isSecret(name, text),
        environment: true,
      };
    }
  }
  return found;
}

const sets = (text: string, name: string): boolean =>
  new RegExp(`\\b(?:read|mapfile|readarray|getopts|local|declare|printf -v)\\b[^\\n;]*\\b${name}\\b`).test(text);

/** The variables with what the environment has: nobody is asked for it. */
export function takenFromEnvironment<
  R extends { readonly settings: { readonly variables: Readonly<Record<string, Variable>> } },
>(runbook: R, environment: Readonly<Record<string, string | undefined>>): R {
  const variables = Object.entries(runbook.settings.variables).map(([name, variable]): readonly [string, Variable] =>
    variable.from === 'prompt' && variable.environment === true && environment[name] !== undefined
      ? [name, { from: 'environment', secret: variable.secret }]
      : [name, variable],
  );
  return { ...runbook, settings: { ...runbook.settings, variables: Object.fromEntries(variables) } };
}
