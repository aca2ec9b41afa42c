import { commandAdvice, grammarOf } from '../grammar/grammar.ts';
import { type Judgement, judgeCall } from '../grammar/known-tools.ts';
import { nearest } from '../../words/nearest.ts';
import { subcommandsAt } from '../grammar/call-verdict.ts';
import { type Edit, eachCall, type Problem, type Rule } from '../rule.ts';
import type { Call } from '../script.ts';

export const unknownSubcommand: Rule = {
  name: 'unknown-subcommand',
  severity: 'error',
  about: 'A command that the tool does not have.',
  bad: [
    'fly releases rollback v9 -a shop',
    'supabase db migrations list',
    'supabase db restore 42',
    'fly -a shop releases rollback',
    'npx supabase db list-backups',
    'fly secrets rotate -a shop',
    'git undo',
    'npm rollback shop',
    'docker container rollback web',
  ],
  good: [
    'fly releases -a shop --json',
    'supabase migrations list --linked',
    'fly incidents list',
    'supabase db query --linked "select 1"',
    'fly "$WHAT" -a shop',
    'docker compose ps',
    'npm run rollback',
  ],
  check: eachCall((call, { knowledge }) => {
    const judgement = judgeCall(call, knowledge);
    if (judgement === null || judgement.verdict.kind === 'exists' || judgement.verdict.kind === 'cannot-tell')
      return null;
    const { verdict, checked, versions } = judgement;
    if (verdict.kind === 'no-flag') return null;
    const grammar = grammarOf(call);
    const known = grammar === null ? null : commandAdvice(call, grammar);
    if (known !== null) {
      const { instead, ...told } = known.advice;
      return {
        at: verdict.at,
        checked,
        ...told,
        edits: instead === undefined ? [] : renamed(call, known.written, instead),
        message: `There is no "${call.tool} ${known.written}": ${known.advice.message}`,
      };
    }
    return { at: verdict.at, checked, source: `help of ${versions}`, ...plain(call, judgement) };
  }),
};

/** Tools that fail for an unknown command; programs built with cobra may not. */
const FAIL = new Set(['git', 'npm']);
/** Plugins: only the installed binary tells whether they exist. */
const PLUGINS = new Set(['compose', 'buildx', 'scout', 'model', 'mcp', 'init', 'debug', 'sbom']);

function plain({ tool }: Call, { verdict, table }: Judgement): Pick<Problem, 'message' | 'fix'> {
  if (verdict.kind !== 'no-subcommand' && verdict.kind !== 'takes-no-words') return { message: '' };
  const { path, at, kind } = verdict;
  const command = `${tool} ${path}`.trim();
  if (kind === 'takes-no-words')
    return {
      message: `"${command}" takes no arguments, but it is given "${at.value}".`,
      fix: `Remove "${at.value}".`,
    };
  const names = subcommandsAt(table, path);
  const near = nearest(at.value, names);
  if (tool === 'docker' && path === '' && PLUGINS.has(at.value))
    return {
      message: `"docker ${at.value}" is a plugin of docker that is not installed here.`,
      fix: `Install docker's ${at.value} plugin on every machine that runs this.`,
    };
  const then = FAIL.has(tool) ? 'it fails and changes nothing' : 'it may print its help and still exit with 0';
  return {
    message: `There is no "${command} ${at.value}"; ${then}.`,
    fix:
      near !== null
        ? `Did you mean "${command} ${near}"?`
        : `See "${command} --help"${names.length > 12 ? '' : `: ${names.join(', ')}`}.`,
  };
}

/** Replaces the words of the wrong command, if they are next to each other. */
function renamed(call: Call, written: string, instead: string): readonly Edit[] {
  const at = call.text.indexOf(written);
  return at < 0 ? [] : [{ pos: call.pos + at, end: call.pos + at + written.length, text: instead }];
}
