/** Readiness as a service of the core. */
import type { Readiness } from '#shared/readiness/readiness.ts';
import type { Clock } from '#core/ports.ts';
import type { RunbookRepository } from '#core/runbooks/runbook-repository.ts';
import { ofRunbook } from '#core/runbooks/of-runbook.ts';
import { ownFolders } from '#core/runbooks/own-folders.ts';
import { machineFetch } from '#core/network/machine-fetch.ts';
import type { WayOut } from '#core/network/way-out.ts';
import { httpProbe } from '#core/runner/http-probe.ts';
import type { ShellEnvironment } from '#core/runner/shell-environment.ts';
import { startingNothingIn, toolLocator } from '#core/runner/tool-locator.ts';
import type { SettingsService } from '#core/settings/settings-service.ts';
import type { Store } from '#core/store/store.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import { readReadiness } from './board.ts';
import { commandReader } from './read-command.ts';

/** Limit for reading secrets, of the ten seconds for the board, ms. */
const SOURCES_LIMIT_MS = 2_000;

export interface ReadinessParts {
  readonly clock: Clock;
  readonly store: Store;
  readonly runbooks: RunbookRepository;
  readonly settings: SettingsService;
  readonly shell: Pick<ShellEnvironment, 'view'>;
  readonly host: 'desktop' | 'loopback' | 'cli';
  /** Hash of the bundled runbook: what is looked at unless another one is named. */
  readonly bundled: string;
  readonly out: WayOut;
}

export class ReadinessService {
  #parts: ReadinessParts;

  constructor(parts: ReadinessParts) {
    this.#parts = parts;
  }

  /** At most ten seconds, whatever cannot be reached. Code: `not-found` (no such runbook). */
  async read(hash: string | null, only: readonly string[] | null = null): Promise<Readiness> {
    const { clock, store, runbooks, bundled, settings, shell, host, out } = this.#parts;
    const { model, source, summary } = await runbooks.open(hash ?? bundled);
    const secrets = settings.secretsOf(summary.name, model);
    // The tools are asked with what a command of the runbook would get; a slow source must not hold up the board.
    await Promise.race([secrets.refresh(), clock.sleep(SOURCES_LIMIT_MS)]);
    const environment = secrets.environment();
    const own = {
      practised: {
        bundled: summary.bundled,
        isOf: ofRunbook(store, summary),
      },
      settings: settings.of(summary.name),
      readSecret: (name: string) => settings.read(summary.name, name),
      host,
      shell: shell.view(),
    };
    const programs = await inThread('programs', { model }, summary.title);
    const folders = ownFolders(summary.name, own.settings.checkout);
    const tools = startingNothingIn(() => folders, toolLocator({ clock, environment }), environment);
    const read = commandReader(clock, environment, folders);
    const http = httpProbe(clock, out);
    const fetch = machineFetch(out);
    return await readReadiness(
      { model, programs, source, clock, environment, tools, http, fetch, store, read, ...own },
      summary.hash,
      only,
    );
  }
}
