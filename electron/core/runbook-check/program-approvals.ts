/** The programs whose help a person allowed to be read, kept in the settings of the store. */
import { z } from 'zod';
import { type ApprovedProgram, approvedProgramSchema } from '#shared/runbook-check/approved-program.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { Clock } from '#core/ports.ts';
import type { Settings } from '#core/store/settings.ts';
import { refusal, sha256OfProgram } from './program-file.ts';

const KEY = 'probe.approved';

export interface Approving {
  readonly tool: string;
  readonly path: string;
  /** The runbook's folders: no program in them is run. */
  readonly folders: readonly string[];
  /** The hash that the person saw; null: of the file as it is now. */
  readonly sha256: string | null;
  readonly by: string;
}

export class ProgramApprovals {
  #settings: Pick<Settings, 'get' | 'set'>;
  #clock: Pick<Clock, 'now'>;

  constructor(settings: Pick<Settings, 'get' | 'set'>, clock: Pick<Clock, 'now'>) {
    this.#settings = settings;
    this.#clock = clock;
  }

  /** Entries that this version cannot read count as not approved. */
  list(): readonly ApprovedProgram[] {
    return z.array(approvedProgramSchema).safeParse(this.#settings.get(KEY) ?? []).data ?? [];
  }

  /** Replaces an earlier approval of that name. Throws `not-allowed` (a script, or a changed file), `unreadable-file`. */
  async approve({ tool, path, folders, sha256, by }: Approving): Promise<ApprovedProgram> {
    const [why, now] = await lookAt(path, folders);
    if (why !== null) {
      throw new RollbookError(
        'not-allowed',
        `The help of ${tool} is not read: ${why} (${path}).`,
        'Use its manual instead.',
      );
    }
    if (sha256 !== null && sha256 !== now) {
      throw new RollbookError(
        'not-allowed',
        `${path} changed since it was checked.`,
        'Check again, then decide again.',
      );
    }
    const program: ApprovedProgram = { tool, path, sha256: now, by, at: this.#clock.now() };
    await this.#settings.set(KEY, [...this.list().filter((one) => one.tool !== tool), program]);
    return program;
  }

  /** Throws `not-found`. */
  async revoke(tool: string): Promise<void> {
    const programs = this.list();
    if (!programs.some((one) => one.tool === tool)) {
      throw new RollbookError('not-found', `"${tool}" is not an approved program.`, 'List the settings.');
    }
    await this.#settings.set(
      KEY,
      programs.filter((one) => one.tool !== tool),
    );
  }
}

async function lookAt(
  path: string,
  folders: readonly string[],
): Promise<readonly [why: string | null, sha256: string]> {
  try {
    const why = refusal(path, folders, false);
    return why === null ? [null, await sha256OfProgram(path)] : [why, ''];
  } catch (thrown) {
    throw new RollbookError('unreadable-file', `${path} cannot be read: ${String(thrown)}.`, 'Check its permissions.');
  }
}
