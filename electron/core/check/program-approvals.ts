/** The programs that a person allowed to be asked for their help, in the store's settings. */
import { z } from 'zod';
import { type ApprovedProgram, approvedProgramSchema } from '#shared/check/approved-program.ts';
import { RollbookError } from '#shared/contract/result.ts';
import type { Clock } from '#core/ports.ts';
import type { Settings } from '#core/store/settings.ts';
import { refusal, sha256OfProgram } from './program-file.ts';

const KEY = 'probe.approved';

export interface Approving {
  readonly tool: string;
  readonly path: string;
  /** The runbook's folders: nothing in them is run. */
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

  /** An approval that this version cannot read counts as none. */
  list(): readonly ApprovedProgram[] {
    return z.array(approvedProgramSchema).safeParse(this.#settings.get(KEY) ?? []).data ?? [];
  }

  /** Takes the place of an earlier one of that name. Codes: `not-allowed` (a script, another file by now), `unreadable-file`. */
  async approve({ tool, path, folders, sha256, by }: Approving): Promise<ApprovedProgram> {
    const [why, now] = await lookAt(path, folders);
    if (why !== null) {
      throw new RollbookError('not-allowed', `${tool} is not asked: ${why} (${path}).`, 'Look at its manual instead.');
    }
    if (sha256 !== null && sha256 !== now) {
      throw new RollbookError('not-allowed', `${path} is another file by now.`, 'Check again, then decide anew.');
    }
    const program: ApprovedProgram = { tool, path, sha256: now, by, at: this.#clock.now() };
    await this.#settings.set(KEY, [...this.list().filter((one) => one.tool !== tool), program]);
    return program;
  }

  /** Code: `not-found`. */
  async revoke(tool: string): Promise<void> {
    const programs = this.list();
    if (!programs.some((one) => one.tool === tool)) {
      throw new RollbookError(
        'not-found',
        `"${tool}" is not among the programs that may be asked.`,
        'List the settings.',
      );
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
