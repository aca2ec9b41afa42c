/** Checks a runbook, after reading the help of the installed tools (unless `probe` is off). */
import { join } from 'node:path';
import type { Runbook } from '#shared/runbook/model.ts';
import type { ApprovedProgram } from '#shared/runbook-check/approved-program.ts';
import type { CheckReport } from '#shared/runbook-check/check-view.ts';
import type { Clock } from '#core/ports.ts';
import type { Environment } from '#core/runner/environment.ts';
import { pathOfTool, toolLocator } from '#core/runner/tool-locator.ts';
import { askablePrograms } from './askable-programs.ts';
import { helpAsker } from './run-help.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import { missingPrograms } from './missing-programs.ts';
import { HelpCache } from './help-cache.ts';
import { probe } from './probe.ts';

export interface CheckOptions {
  readonly clock: Clock;
  /** The environment of commands (environment.ts). */
  readonly environment: Environment;
  /** Name of the runbook, for error messages. */
  readonly name: string;
  /** The cache file for the help of tools. */
  readonly dataFolder: string;
  /** The folders of the runbook and its checkout: no program in them is run. */
  readonly ownFolders: readonly string[];
  /** The approved programs, whose help may be read. */
  readonly approved?: readonly ApprovedProgram[];
  readonly probe: boolean;
}

/** Generous, because findings depend on the version, and nothing waits for a check. */
const VERSION_LIMIT_MS = 20_000;

/** A tool whose help cannot be read is not an error: its calls are judged by the tables of known versions. */
export async function checkWithTools(model: Runbook, source: string, options: CheckOptions): Promise<CheckReport> {
  const now = options.clock.now();
  if (!options.probe) {
    const checked = await inThread('check', { model, source, now }, options.name);
    return { ...checked, probed: false, tools: [], askable: [], missing: [] };
  }
  const asker = await helpAsker(options.clock, options.environment);
  const cache = new HelpCache(join(options.dataFolder, 'cache', 'help.json'));
  const calls = await inThread('calls', { model, source }, options.name);
  const approved = options.approved ?? [];
  const find = (tool: string): string | null => pathOfTool(tool, options.environment);
  const folders = options.ownFolders;
  try {
    const { probed, tools } = await probe({
      calls,
      folders,
      approved,
      find,
      tools: toolLocator({
        clock: options.clock,
        environment: options.environment,
        versionLimitMs: VERSION_LIMIT_MS,
      }),
      asker,
      cache,
    });
    cache.save();
    const checked = await inThread('check', { model, source, now, probed }, options.name);
    const { askable, refused } = await askablePrograms({
      unchecked: checked.unchecked,
      calls,
      folders,
      approved,
      find,
    });
    const told = [...tools, ...refused.filter(({ tool }) => !tools.some((one) => one.tool === tool))];
    const missing = missingPrograms(await inThread('programs', { model }, options.name), options.environment);
    return { ...checked, probed: tools.some(({ why }) => why === null), tools: told, askable, missing };
  } finally {
    await asker.close();
  }
}
