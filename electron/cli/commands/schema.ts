/** `rollbook schema`: the JSON Schema of a runbook's front matter, for editors and other checkers. */
import { frontMatterJsonSchema } from '#shared/runbook/settings.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { print, type Terminal } from '../terminal.ts';

/** A schema is JSON by nature: with and without --json the same document. */
export function schema(terminal: Terminal): ExitCode {
  print(terminal, true, frontMatterJsonSchema(), String);
  return EXIT.ok;
}
