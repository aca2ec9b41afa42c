/** `rollbook print FILE`: the corrected runbook as HTML made for paper. */
import { dirname, resolve } from 'node:path';
import { writeWhole } from '#core/files/write-whole.ts';
import { dataFolder } from '#core/this-machine.ts';
import { readRunbookFile } from '#core/runbooks/read-runbook-file.ts';
import { sha256 } from '#core/store/sha256.ts';
import { childEnvironment } from '#core/runner/environment.ts';
import { systemClock } from '#core/system-ports.ts';
import { checkWithTools } from '#core/runbook-check/check-file.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { outputPath } from '../output-path.ts';
import { print as printResult, printExact, type Terminal } from '../terminal.ts';

export interface PrintOptions {
  /** stdout when left out. */
  readonly output?: string;
  readonly probe: boolean;
  readonly json: boolean;
}

/** Codes: `unreadable-file`, `too-large`, `not-text`, `bad-front-matter`, `store-unwritable`, `disk-full`. */
export async function print(terminal: Terminal, file: string, options: PrintOptions): Promise<ExitCode> {
  const target = options.output === undefined ? null : outputPath(terminal, options.output, file);
  const path = resolve(terminal.cwd, file);
  const raw = readRunbookFile(path);
  const { model, source } = await inThread('parse', { raw, name: file }, file);
  const { findings } = await checkWithTools(model, source, {
    clock: systemClock(),
    environment: childEnvironment(process.env),
    name: file,
    dataFolder: dataFolder(process.env),
    ownFolders: [dirname(path)],
    probe: options.probe,
  });
  const hash = sha256(raw);
  const toPrint = { name: file, hash, source, findings, now: systemClock().now() };
  const { html, corrected } = await inThread('print', toPrint, file);
  // The hash of what was written; the page itself names that of its runbook.
  const hashes = { sha256: sha256(html), runbook: hash };
  if (target === null) {
    printExact(terminal, options.json, { html, corrected, ...hashes }, () => html);
    return EXIT.ok;
  }
  writeWhole(target, html, 'The printable runbook');
  printResult(terminal, options.json, { path: target, corrected, ...hashes }, () =>
    [`Written to ${target}: open it in a browser and print it.`, corrected === 0 ? '' : `${corrected} corrected.`]
      .filter((line) => line !== '')
      .join('\n'),
  );
  return EXIT.ok;
}
