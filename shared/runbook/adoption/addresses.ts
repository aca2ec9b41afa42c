import { allCommands } from '../commands.ts';
import type { Runbook } from '../model.ts';

/** The web addresses in the commands of a runbook, written out in full, each once. */
export function webAddressesIn(runbook: Pick<Runbook, 'procedures' | 'otherCommands'>): readonly string[] {
  const found = allCommands(runbook).flatMap(
    ({ text }) => text.match(/https?:\/\/[^\s"'$<>|;&)\\]+[^\s"'<>|;&)\\]*/g) ?? [],
  );
  return [...new Set(found)].filter((url) => !url.includes('$') && !/^https?:\/\/(?:localhost|127\.)/.test(url));
}
