/** The runbook check as a service of the core. The result for each content is kept until a new check is requested. */
import { RollbookError } from '#shared/api/result.ts';
import type { RunbookSummary } from '#shared/api/calls.ts';
import type { AskableProgram } from '#shared/runbook-check/approved-program.ts';
import type { FixedView, CheckView } from '#shared/runbook-check/check-view.ts';
import type { Clock } from '#core/ports.ts';
import type { Environment } from '#core/runner/environment.ts';
import { pathOfTool } from '#core/runner/tool-locator.ts';
import { ownFolders } from '#core/runbooks/own-folders.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import { unchangedFile } from '#core/runbooks/unchanged-file.ts';
import type { SettingsService } from '#core/settings/settings-service.ts';
import { checkWithTools } from './check-file.ts';
import type { ProgramApprovals } from './program-approvals.ts';
import { writeFixed } from './write-fixed.ts';

interface CheckParts {
  readonly clock: Clock;
  readonly environment: Environment;
  /** Absolute path of the data folder, which has the cache of tools' help. */
  readonly folder: string;
  readonly runbooks: RunbookRepository;
  readonly approvals: ProgramApprovals;
  readonly settings: SettingsService;
}

/** How long a result is used: long enough not to wait at every step, but dates and installed tools change. */
const KEEP_MS = 15 * 60_000;

export class RunbookCheckService {
  #parts: CheckParts;
  #checks = new Map<string, Promise<CheckView>>();
  /** The approvals at the time of the checks: results with a revoked approval are not used. */
  #approved = '';

  constructor(parts: CheckParts) {
    this.#parts = parts;
  }

  /** `again`: reads the tools' help again. Concurrent callers share one check. Throws `not-found`. */
  async check(hash: string, again: boolean): Promise<CheckView> {
    const approved = JSON.stringify(this.#parts.approvals.list());
    if (approved !== this.#approved) this.#checks.clear();
    this.#approved = approved;
    const known = this.#checks.get(hash);
    if (known !== undefined && !again) {
      const view = await known;
      if (this.#parts.clock.now() - view.checkedAt < KEEP_MS) return view;
    }
    const checking = this.#check(hash);
    this.#checks.set(hash, checking);
    checking.catch(() => this.#checks.delete(hash));
    return await checking;
  }

  async #check(hash: string): Promise<CheckView> {
    const { clock, environment, folder, runbooks, approvals } = this.#parts;
    const { model, source, summary } = await runbooks.open(hash);
    const result = await checkWithTools(model, source, {
      clock,
      environment,
      name: summary.title,
      dataFolder: folder,
      ownFolders: this.#foldersOf(summary),
      approved: approvals.list(),
      probe: true,
    });
    return { ...result, checkedAt: clock.now() };
  }

  /** The bundled runbook has no folder of its own. */
  #foldersOf({ bundled, name }: RunbookSummary): readonly string[] {
    return ownFolders(bundled ? '' : name, this.#parts.settings.of(name).checkout);
  }

  /**
   * Approves a program file, then reads its help. Throws `not-found`, `not-allowed` (a script, in the runbook's folder, or
   * changed since it was shown), `unreadable-file`.
   */
  async approve(
    hash: string,
    program: Pick<AskableProgram, 'tool' | 'path' | 'sha256'>,
    by: string,
  ): Promise<CheckView> {
    const { runbooks, approvals, environment } = this.#parts;
    const summary = runbooks.summary(hash);
    if (pathOfTool(program.tool, environment) !== program.path) {
      const advice = 'Check again, then decide again.';
      throw new RollbookError('not-allowed', `${program.tool} is not ${program.path} any more.`, advice);
    }
    await approvals.approve({ ...program, folders: this.#foldersOf(summary), by });
    return await this.check(hash, true);
  }

  /**
   * Writes the corrected copy and its diff beside the file, as `rollbook check --fix` does. Throws `not-found`,
   * `not-allowed` (bundled, or the file changed), `unreadable-file`, `store-unwritable`, `disk-full`.
   */
  async fix(hash: string): Promise<FixedView> {
    const { summary, source } = await this.#parts.runbooks.open(hash);
    const raw = unchangedFile(summary, 'corrected');
    const result = await this.check(hash, false);
    return await writeFixed({ original: summary.name, output: null, raw: raw.toString('utf8'), source, result });
  }
}
