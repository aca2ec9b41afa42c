/** The programs that the commands of a runbook call. */
import { serviceCommands } from '../runbook/services.ts';
import type { Procedure, Runbook } from '../runbook/model.ts';
import { visit } from '../runbook/shell.ts';
import { readScript, type Script } from './script.ts';
import type { RuleInput } from './rule.ts';

/** Keywords and built-ins of bash (Bash Reference Manual 5.2, chapters 3 and 4). */
export const IN_SHELL: ReadonlySet<string> = new Set(
  `. : [ [[ alias bg bind break builtin caller case cd command compgen complete continue coproc declare dirs disown do done
  echo elif else enable esac eval exec exit export false fc fg fi for function getopts hash help history if in jobs kill
  let local logout mapfile popd printf pushd pwd read readarray readonly return select set shift shopt source suspend test
  then time times trap true type typeset ulimit umask unalias unset until wait while`.split(/\s+/),
);
/** Programs that every machine has: mentioned only where one is missing. */
export const EVERYWHERE: ReadonlySet<string> = new Set(
  `awk base64 basename cat chmod chown clear column cp cut date df diff dirname du egrep env expr fgrep file find fold grep
  gunzip gzip head hostname id less ln ls man mkdir mktemp more mv nl od paste ps rm rmdir sed seq sh sha256sum md5sum sleep
  sort stat tail tar tee touch tr uname uniq wc which who whoami xargs yes bash`.split(/\s+/),
);

export interface NeededProgram {
  readonly tool: string;
  /** Line of the first call, from 1. */
  readonly line: number;
  /** False when only commands outside the procedures call it. */
  readonly inStep: boolean;
}

/** These download the program they run. */
const BRINGS_ITS_OWN: ReadonlySet<string> = new Set(['npx', 'bunx']);

interface RunbookCommands extends Pick<Runbook, 'otherCommands'>, Partial<Pick<Runbook, 'settings'>> {
  readonly procedures: readonly Pick<Procedure, 'steps'>[];
}

/** The programs that have to be on PATH, each once, in the order of their calls; those of steps first. Not listed: what is part of the shell, and files named by their path. */
export function programsOf({ procedures, otherCommands, settings }: RunbookCommands): readonly NeededProgram[] {
  const declared = settings === undefined ? [] : serviceCommands(settings).map(({ text }) => ({ text, line: 1 }));
  const inSteps = [...procedures.flatMap(({ steps }) => steps.flatMap(({ commands }) => commands)), ...declared];
  const found = new Map<string, NeededProgram>();
  for (const [commands, inStep] of [[inSteps, true] as const, [otherCommands, false] as const]) {
    for (const { text, line } of commands) {
      for (const tool of calledIn(readScript(text))) if (!found.has(tool)) found.set(tool, { tool, line, inStep });
    }
  }
  return [...found.values()];
}

function calledIn({ tree, calls }: Script): readonly string[] {
  const own = new Set<string>();
  visit(tree, (node) => {
    if (node.type === 'Function') own.add(node.name.value);
  });
  return calls
    .filter(
      ({ byPath, elsewhere, wrappers }) =>
        !byPath && !elsewhere && !wrappers.some((wrapper) => BRINGS_ITS_OWN.has(wrapper)),
    )
    .map(({ tool }) => tool)
    .filter((tool) => /^[a-z][\w.+-]*$/i.test(tool) && !IN_SHELL.has(tool) && !own.has(tool));
}

/** Programs that need no table of commands. */
const COMMON: ReadonlySet<string> = new Set([
  ...IN_SHELL,
  ...EVERYWHERE,
  ...'column jq logger man nc pgrep ping pkill sudo timeout watch zip unzip yes'.split(' '),
]);

/** The programs of which no commands are known, so that none could be checked: each once, in the order of their calls. */
export const uncheckedTools = (inputs: readonly Pick<RuleInput, 'script' | 'knowledge'>[]): readonly string[] => [
  ...new Set(
    inputs.flatMap(({ script, knowledge }) =>
      script.calls
        .map(({ tool }) => tool)
        .filter((tool) => /^[a-z][\w.-]*$/i.test(tool) && !COMMON.has(tool) && !knowledge.has(tool)),
    ),
  ),
];
