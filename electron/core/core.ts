/** Puts the core together: store, runner, drills and the incident service behind the API. */
import { userInfo } from 'node:os';
import { type Failure, type RollbookError, toFailure } from '#shared/api/result.ts';
import { join } from 'node:path';
import { secretsOf } from '#shared/redaction/secret-names.ts';
import { connectWindow } from './connect-window.ts';
import type { Core } from './connection.ts';
import type { Ports, Timers } from './ports.ts';
import { bootId, dataFolder, programVersion } from './this-machine.ts';
import { type Door, openDoor } from './redaction-door.ts';
import { Drills, drillAdapter } from './drills/drills.ts';
import { simulatedClouds } from './drills/simulated-clouds.ts';
import type { Services } from './handlers/handler.ts';
import { takeInEmergencies } from './emergency/take-in.ts';
import { Handovers } from './handover/handovers.ts';
import { IncidentService } from './incidents/incident-service.ts';
import { OutputBudget } from './engine/output.ts';
import { IncidentSearch } from './incidents/incident-search.ts';
import { jumpWatch, sinceBootMs } from './event-log/jump-watch.ts';
import { sweepLeftovers } from './leftovers.ts';
import { ReadinessService } from './readiness/readiness.ts';
import { askProviders } from './platforms/status-pages.ts';
import { slackNotifier, slackOf } from './notifications/notifier.ts';
import { webhooks } from './notifications/webhooks.ts';
import { QuietBackups } from './store/quiet-backups.ts';
import { Purges } from './purge/purges.ts';
import { Reports } from './reports/reports.ts';
import { machineFetch } from './network/machine-fetch.ts';
import { wayOut } from './network/way-out.ts';
import { openTerminal } from './login/terminals.ts';
import { httpProbe } from './runner/http-probe.ts';
import { askedEnvironment, inheritedEnvironment } from './runner/shell-environment.ts';
import { outputStore } from './runner/output/output-store.ts';
import { realSpawner } from './runner/process-spawner.ts';
import { reattacher } from './runner/keeper/reattach.ts';
import { toolLocator } from './runner/tool-locator.ts';
import { NO_INTERRUPT } from './runner/windows-tree.ts';
import { workingFolders } from './runner/working-folders.ts';
import { RunbookRepository } from './runbooks/runbook-repository.ts';
import { SettingsService } from './settings/settings-service.ts';
import { platformVault, type Vault } from './settings/vault.ts';
import { openStore } from './store/open.ts';
import type { Store } from './store/store.ts';
import { systemPorts } from './system-ports.ts';
import { ProgramApprovals } from './runbook-check/program-approvals.ts';
import { RunbookCheckService } from './runbook-check/runbook-check-service.ts';
import { holdAwake, staysAwake } from './runner/keep-awake.ts';

export interface CoreOptions {
  readonly host: Services['host'];
  /** Absolute path of the data folder; the platform's own for Rollbook by default (ROLLBOOK_HOME overrides it). */
  readonly folder?: string;
  /** The data folder that this one stands in for. Acts that neither store takes are kept beside that one. */
  readonly standsInFor?: string;
  /** Opens what is there without writing anything. An error: what a write answers. */
  readonly readOnly?: boolean | RollbookError;
  /** Why commands that change something are not started; they are by default. */
  readonly onlyReads?: Failure;
  /** Keeps secrets if the platform's own program for it is missing. */
  readonly vault?: Vault;
  /** The system's own by default. */
  readonly ports?: Ports | undefined;
  /** Called after each commit, before followers are told. */
  readonly committed?: () => void;
  /** For a host that prints before there is a core; a new one by default. */
  readonly door?: Door | undefined;
  /** Prints problems that no call can answer with; redacted, one line each. */
  readonly report?: (line: string) => void;
}

/** The core with its services in reach, for the command line; windows only ever see `Core`. */
export interface OpenCore extends Core {
  readonly services: Services;
}

/** How often other processes' events are looked for, ms. */
const FOLLOW_EVERY_MS = 400;

/** How often a store that could not be written is tried again, for incidents that are read-only because of it, ms. */
const STEER_AGAIN_EVERY_MS = 5_000;

/** Codes: those of openStore. */
export async function openCore(options: CoreOptions): Promise<OpenCore> {
  const { clock, timers, newId } = options.ports ?? systemPorts();
  const folder = options.folder ?? dataFolder(process.env);
  const readOnly = options.readOnly ?? false;
  const door = options.door ?? openDoor();
  const store = await openStore({
    clean: door.value,
    folder,
    session: newId(),
    boot: bootId(),
    readOnly,
    now: () => clock.now(),
    committed: options.committed,
  });
  // A desktop program does not inherit the shell's PATH; a terminal's child has just what the person sees.
  // Learned before anything is left out: what a command does not get may still be in a file that it prints.
  const learn = (source: Readonly<Record<string, string | undefined>>): void =>
    door.learn(secretsOf({ ...process.env, ...source }));
  learn({});
  const shell =
    options.host === 'desktop'
      ? await askedEnvironment({ clock, inherited: process.env, learn })
      : inheritedEnvironment(process.env);
  const { source, environment } = shell;
  const out = wayOut(source);
  const fetch = machineFetch(out);
  const outputs = outputStore({ dataFolder: folder, clock, timers, door });
  const runbooks = new RunbookRepository(store, clock, door);
  const bundled = await runbooks.stockBundled();
  const keeperFolder = join(folder, 'runs');
  const tools = toolLocator({ clock, environment });
  const kept = reattacher({ clock, keeperFolder });
  const clouds = simulatedClouds(store);
  const vault = options.vault ?? null;
  const approvals = new ProgramApprovals(store.settings, clock);
  const settings = new SettingsService({
    clock,
    approvals,
    store,
    runbooks,
    environment,
    shell,
    vaults: [platformVault(environment, clock), vault].filter((each) => each !== null),
    door,
  });
  const hooks = webhooks(source, folder);
  const report = options.report ?? ((line: string) => void process.stderr.write(`rollbook: ${door.outside(line)}\n`));
  const incidents = new IncidentService({
    store,
    runbooks,
    outputs,
    keptIn: options.standsInFor ?? folder,
    dumps: join(folder, 'dumps'),
    folders: workingFolders(join(folder, 'work')),
    reattacher: kept,
    environment,
    newId,
    timers,
    settings,
    notifierOf: (runbook) => slackNotifier(hooks, door, slackOf(settings, runbook), fetch),
    realAdapter: {
      name: 'real',
      clock,
      spawner: realSpawner({ clock, keeperFolder }),
      tools,
      http: httpProbe(clock, out),
      openLogin: openTerminal,
    },
    outputBudget: new OutputBudget(),
    onlyReads: options.onlyReads ?? null,
    drillAdapter: (...drill) => drillAdapter(clouds, clock, ...drill),
    report,
  });
  const version = programVersion();
  const purges = new Purges({ store, incidents, runbooks, clock, isGoing: (runId) => kept.isGoing(runId) });
  await purges.finish(report);
  const open = (from: string): Promise<Store> =>
    openStore({ clean: door.value, folder: from, session: newId(), boot: bootId(), now: () => clock.now() });
  const notTakenIn = readOnly === false ? await takeInEmergencies({ store, incidents, open }) : [];
  if (readOnly === false) await incidents.writeKeptActs();
  const services: Services = {
    clock,
    newId,
    store,
    door,
    damage: () => [...store.damage(), ...notTakenIn],
    incidents,
    drills: new Drills({ incidents, runbooks, bundled, store, clock, tools, environment }),
    runbooks,
    reports: new Reports(store, incidents, door, version),
    purges,
    handovers: new Handovers({ store, incidents, outputs, clock, newId, version }),
    search: new IncidentSearch({ store, runbooks, incidents, redact: door.text }),
    outputs,
    checks: new RunbookCheckService({ clock, environment, folder, runbooks, approvals, settings }),
    providers: askProviders({ environment: source, now: () => clock.now(), fetch }),
    readiness: new ReadinessService({ clock, store, runbooks, bundled, settings, shell, host: options.host, out }),
    settings,
    fetch,
    shell,
    tools,
    // Read anew for each act: it can be changed in the settings.
    get operator() {
      return process.env['ROLLBOOK_OPERATOR'] ?? settings.operator() ?? userInfo().username;
    },
    ...hostTroubles(),
    host: options.host,
    version,
  };
  // The desktop app has the platform's own way.
  const awake = staysAwake(
    () => options.host !== 'desktop' && incidents.isBusy(),
    () => holdAwake(environment),
  );
  const stopBackground = keepUp(timers, incidents, jumpWatch({ clock, sinceBoot: sinceBootMs }), () => awake.look());
  // Runs in the background; a store that cannot be written now is swept at another start.
  const sweeping = readOnly
    ? Promise.resolve()
    : sweepLeftovers({ store, reattacher: kept, clouds }).catch((thrown: unknown) => report(toFailure(thrown).message));
  const onListed: IncidentService['onListed'] = (listener) => incidents.onListed(listener);
  const backups = new QuietBackups({ store, onListed, now: () => clock.now(), report });
  backups.begin();
  let closing: Promise<void> | null = null;
  return {
    services,
    connect: (send, abilities) => connectWindow(services, send, abilities),
    running: () => incidents.runningChanges(),
    close: () =>
      (closing ??= (async () => {
        stopBackground();
        awake.end();
        await incidents.close();
        await sweeping;
        await backups.end();
        await store.close();
      })()),
  };
}

function hostTroubles(): Pick<Services, 'hostTrouble' | 'hostTroubles'> {
  const troubles = new Map<string, string>(process.platform === 'win32' ? [['stop', NO_INTERRUPT]] : []);
  return {
    hostTrouble: (name, why) => void (why === null ? troubles.delete(name) : troubles.set(name, why)),
    hostTroubles: () => [...troubles.values()],
  };
}

/** Follows the other processes of this data folder, keeps the machine awake, and notes a jump of time in the incidents steered here. */
function keepUp(
  timers: Timers,
  incidents: IncidentService,
  jumped: ReturnType<typeof jumpWatch>,
  look: () => void,
): () => void {
  const ends = [
    timers.every(FOLLOW_EVERY_MS, () => {
      look();
      void incidents.catchUp().catch(() => undefined);
      const jump = jumped();
      if (jump !== null) void incidents.noteJump(jump).catch(() => undefined);
    }),
    timers.every(STEER_AGAIN_EVERY_MS, () => void incidents.steerAgain().catch(() => undefined)),
  ];
  return () => {
    for (const end of ends) end();
  };
}
