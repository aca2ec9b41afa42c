import type { AndOr, Pipeline, SyntaxNode } from 'unbash';
import { visit } from '../../runbook/shell.ts';
import { callAround, type Script, toolOf } from '../script.ts';
import { appOf } from '../grammar/grammar.ts';
import type { Problem, Rule, RuleInput } from '../rule.ts';

/** Programs whose failure in a pipe does not matter. */
const SAFE_SOURCES = new Set('echo printf cat yes true date history ps ls env seq'.split(' '));
/** Programs whose exit code is an answer, not a failure. */
const TESTS = new Set('[ test grep egrep fgrep rg pgrep command which type diff cmp'.split(' '));
const PRINTERS = new Set(['echo', 'printf']);
const NOTHING = new Set(['true', ':']);
const MATTERS = new Set('fly supabase psql pg_dump pg_restore curl kubectl docker'.split(' '));

export const hiddenExitCode: Rule = {
  name: 'hidden-exit-code',
  severity: 'warning',
  about: 'A pipe or "||" that makes a failed command look like a success.',
  bad: ['fly releases -a shop | head -5', 'curl -f --max-time 9 "$URL" || echo "failed"', 'fly deploy -a shop || true'],
  good: [
    'fly releases -a shop --json',
    'set -o pipefail\nfly releases -a shop | head -5',
    'echo "$KEY" | base64 -d',
    'fly status -a shop || exit 1',
    '[ -f fly.toml ] || echo "no fly.toml"',
  ],
  check: (input) => {
    const problems: Problem[] = [];
    visit(input.script.tree, (node) => {
      const problem =
        node.type === 'Pipeline' ? pipe(node, input) : node.type === 'AndOr' ? fallback(node, input) : null;
      if (problem !== null) problems.push(problem);
    });
    return problems;
  },
};

function pipe(node: Pipeline, { script }: RuleInput): Problem | null {
  const source = node.commands[0];
  if (source === undefined || node.commands.length < 2 || script.calls.length === 0) return null;
  const safe = SAFE_SOURCES.has(toolOf(source)) || TESTS.has(toolOf(source)) || toolOf(source) === '';
  if (safe || pipefailFrom(script) < node.pos || failsOnNothing(node)) return null;
  const call = callAround(script, source);
  const listing = call?.tool === 'fly' && call.args[0]?.value === 'releases' && call.args[1]?.value !== 'rollback';
  return {
    at: { pos: node.pos, end: node.end },
    // Rollbook runs it with pipefail; only by hand the failure is hidden.
    severity: 'note',
    edits:
      listing && call !== undefined && plainTail(node)
        ? [{ pos: node.pos, end: node.end, text: `fly releases -a ${appOf(call)} --json` }]
        : [],
    message: `Run by hand, the pipe hides whether ${toolOf(source)} failed: only the exit code of its last command counts. Rollbook runs it with pipefail.`,
    fix:
      listing && call !== undefined
        ? `fly releases -a ${appOf(call)} --json`
        : 'Run it without the pipe, or put "set -o pipefail" in front.',
    source: 'Bash manual, Pipelines',
  };
}

const PIPEFAIL = new WeakMap<Script, number>();

/** Position of the first `set -o pipefail`. */
function pipefailFrom(script: Script): number {
  const known = PIPEFAIL.get(script);
  if (known !== undefined) return known;
  const sets = script.calls.filter(
    ({ tool, args }) => tool === 'set' && args.some(({ value }) => value === 'pipefail'),
  );
  const from = sets.reduce((first, { pos }) => Math.min(first, pos), Number.POSITIVE_INFINITY);
  PIPEFAIL.set(script, from);
  return from;
}

/** A plain grep exits with 1 when it gets no input; with -v, -c or -L it does not. */
function failsOnNothing({ commands }: Pipeline): boolean {
  const last = commands.at(-1);
  if (last?.type !== 'Command' || !/^[ef]?grep$/.test(toolOf(last))) return false;
  return !last.args.some(
    (word) => word.type === 'Word' && /^-(?!-)\w*[vcL]|^--(?:invert-match|count|files-without)/.test(word.text),
  );
}

/** True for `COMMAND | head` without redirections: dropping it only shows more output. */
const plainTail = (node: Pipeline): boolean =>
  node.commands.length === 2 &&
  node.commands.every((part) => part.type === 'Command' && part.redirects.length === 0) &&
  toolOf(node.commands[1] as SyntaxNode) === 'head';

function fallback(node: AndOr, { script }: RuleInput): Problem | null {
  const last = node.commands.at(-1);
  if (last === undefined || node.operators.at(-1) !== '||' || script.calls.length === 0) return null;
  const tried = node.commands.slice(0, -1).flatMap(toolsIn);
  const prints = saysOnly(last, PRINTERS) && tried.some((tool) => !TESTS.has(tool));
  const ignores = saysOnly(last, NOTHING) && tried.some((tool) => MATTERS.has(tool));
  if (!prints && !ignores) return null;
  const written = script.text.slice(last.pos, last.end);
  return {
    at: { pos: node.pos, end: node.end },
    message: `"|| ${toolsIn(last)[0] ?? ''}" turns the failure into success.`,
    fix: prints
      ? `... || { ${written.replace(/^\{\s*|(?<![;\s])[;\s]*\}$/g, '')}; exit 1; }`
      : 'Leave "||" out, or say what to do when it fails.',
    source: 'Bash manual, Lists of Commands',
  };
}

/** True when the fallback calls only these tools. */
function saysOnly(node: SyntaxNode, tools: ReadonlySet<string>): boolean {
  const found = node.type === 'Command' || node.type === 'BraceGroup' || node.type === 'Subshell' ? toolsIn(node) : [];
  return found.length > 0 && found.every((tool) => tools.has(tool));
}

function toolsIn(node: SyntaxNode): readonly string[] {
  const tools: string[] = [];
  visit(node, (inner) => {
    if (inner.type === 'Command' && inner.name !== undefined) tools.push(toolOf(inner));
    if (inner.type === 'TestCommand') tools.push('test');
  });
  return tools;
}
