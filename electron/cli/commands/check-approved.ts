/** The programs that a person approved for `rollbook check`. They are in the store, which a check does not need otherwise. */
import { RollbookError } from '#shared/api/result.ts';
import type { ApprovedProgram } from '#shared/runbook-check/approved-program.ts';
import { bootId } from '#core/this-machine.ts';
import type { Environment } from '#core/runner/environment.ts';
import { pathOfTool } from '#core/runner/tool-locator.ts';
import { openStore } from '#core/store/open.ts';
import { systemPorts } from '#core/system-ports.ts';
import { ProgramApprovals } from '#core/runbook-check/program-approvals.ts';

interface Approved {
  /** The data folder. */
  readonly folder: string;
  readonly ownFolders: readonly string[];
  readonly environment: Environment;
  readonly by: string;
}

/** Remembers each of the names as the file it is now. Codes: `tool-missing`, `not-allowed` (a script), those of the store. */
export async function approvePrograms(names: readonly string[], about: Approved): Promise<readonly ApprovedProgram[]> {
  const { folder, ownFolders, environment, by } = about;
  const { clock, newId } = systemPorts();
  const store = await openStore({ folder, session: newId(), boot: bootId() });
  try {
    const approvals = new ProgramApprovals(store.settings, clock);
    for (const tool of names) {
      const path = /^[\w.-]+$/.test(tool) ? pathOfTool(tool, environment) : null;
      if (path === null) {
        const advice = 'Name a program as the runbook calls it. A path cannot be approved.';
        throw new RollbookError('tool-missing', `${tool} is not on the PATH of this machine.`, advice);
      }
      await approvals.approve({ tool, path, folders: ownFolders, sha256: null, by });
    }
    return approvals.list();
  } finally {
    await store.close();
  }
}

/** A store that is missing or cannot be read has approved nothing; the check continues without it. */
export async function rememberedPrograms(folder: string): Promise<readonly ApprovedProgram[]> {
  try {
    const { clock, newId } = systemPorts();
    const store = await openStore({ folder, session: newId(), boot: bootId(), readOnly: true });
    try {
      return new ProgramApprovals(store.settings, clock).list();
    } finally {
      await store.close();
    }
  } catch {
    return [];
  }
}
