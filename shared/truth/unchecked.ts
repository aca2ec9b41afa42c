/** Programs a runbook calls of which nothing is known: whether their commands exist cannot be told. */
import type { Scene } from './rule.ts';

/** Of the shell itself and of every machine; what they can do wrong is the rules' business. */
const COMMON = new Set(
  `. : [ alias awk base64 basename bash break case cat cd chmod chown clear column command cp cut date declare df diff
  dirname du echo egrep env eval exec exit export expr false fgrep file find fold for grep gunzip gzip head hostname id
  if kill let ln local logger ls mkdir mktemp mv nc ping printf ps pwd read return rm sed seq set sh shift sleep sort
  source stat sudo tail tar tee test time timeout touch tr trap true type ulimit umask uname uniq unset wait watch wc
  which while who whoami xargs yes zip unzip md5sum sha256sum jq less more man history pgrep pkill`.split(/\s+/),
);

/** Their names, each once, in the order they are called. */
export const uncheckedTools = (scenes: readonly Pick<Scene, 'script' | 'knowledge'>[]): readonly string[] => [
  ...new Set(
    scenes.flatMap(({ script, knowledge }) =>
      script.calls
        .map(({ tool }) => tool)
        .filter((tool) => /^[a-z][\w.-]*$/i.test(tool) && !COMMON.has(tool) && !knowledge.has(tool)),
    ),
  ),
];
