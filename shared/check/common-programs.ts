/** Names that a shell command may call on any machine. */

/** Of bash itself (Bash Reference Manual 5.2, chapters 3 and 4). */
export const IN_SHELL: ReadonlySet<string> = new Set(
  `. : [ [[ alias bg bind break builtin caller case cd command compgen complete continue coproc declare dirs disown do done
  echo elif else enable esac eval exec exit export false fc fg fi for function getopts hash help history if in jobs kill
  let local logout mapfile popd printf pushd pwd read readarray readonly return select set shift shopt source suspend test
  then time times trap true type typeset ulimit umask unalias unset until wait while`.split(/\s+/),
);
/** Programs that every machine has: worth a word only where one is missing. */
export const EVERYWHERE: ReadonlySet<string> = new Set(
  `awk base64 basename cat chmod chown clear column cp cut date df diff dirname du egrep env expr fgrep file find fold grep
  gunzip gzip head hostname id less ln ls man mkdir mktemp more mv nl od paste ps rm rmdir sed seq sh sha256sum md5sum sleep
  sort stat tail tar tee touch tr uname uniq wc which who whoami xargs yes bash`.split(/\s+/),
);
