/** The commands that only print: the state of the app and its machines, the login, the version. */
import { type CloudMachine, imageOf, newestVersion, type SimulatedCloud } from '#core/simulator/simulated-cloud.ts';
import { type FlyCall, type FlyCommand, flyError, notPlayed, reach } from './fly-command.ts';
import { bold, goJson, relativeTime, rfc3339, serviceTime, table } from './go-text.ts';
import { machineCheck, machineState } from './machine-health.ts';
import { fillJson, fillRows } from './transcript.ts';
import readings from './transcripts/readings.json' with { type: 'json' };
import tables from './transcripts/tables.json' with { type: 'json' };

export const asksJson = (call: FlyCall): boolean => call.flags.on('--json -j') || call.env['FLY_JSON'] === '1';

export const version: FlyCommand = {
  needs: 'nothing',
  run: async (call) => {
    const { version: number, commit, buildDate: built } = call.cloud.read().scenario.flyVersion;
    // Its JSON is one line, unlike that of the other commands.
    if (asksJson(call)) call.write('stdout', goJson(fillJson(readings.version, { version: number, commit, built }), 0));
    else call.write('stdout', `fly v${number} linux/amd64 Commit: ${commit} BuildDate: ${built}\n`);
  },
};

export const whoami: FlyCommand = {
  needs: 'login',
  run: async (call) => {
    await reach(call, 'auth whoami', '');
    const { email } = call.cloud.read().scenario.login;
    call.write('stdout', asksJson(call) ? goJson({ email }) : `${email}\n`);
  },
};

export const appsList: FlyCommand = {
  needs: 'login',
  run: async (call) => {
    await reach(call, 'apps list', '');
    const cloud = call.cloud.read();
    const apps = [cloud, ...cloud.others].map(({ scenario: { service }, releases }) => {
      const newest = releases.toSorted((a, b) => b.version - a.version)[0];
      const at = newest?.createdAt ?? 0;
      const ago = relativeTime(at, call.clock.now());
      return { ...service, status: newest?.status ?? '', created: rfc3339(at), ago };
    });
    if (asksJson(call)) call.write('stdout', goJson(apps.map((holes) => fillJson(readings.app, holes))));
    else call.write('stdout', table(fillRows(tables.apps, apps)));
  },
};

export const imageShow: FlyCommand = {
  needs: 'app',
  run: async (call, app) => {
    if (!asksJson(call)) throw notPlayed('"fly image show" without --json');
    await reach(call, 'machine list', app);
    call.write('stdout', goJson(machinesOf(call).map((holes) => fillJson(readings.image, holes))));
  },
};

export const checksList: FlyCommand = {
  needs: 'app',
  run: async (call, app) => {
    await reach(call, 'machine list', app);
    const checks = sorted(machinesOf(call)).flatMap(({ id, check }) => (check === null ? [] : [{ id, ...check }]));
    if (asksJson(call)) {
      const byMachine = checks.map((check) => [check.id, [fillJson(readings.check, check)]] as const);
      return call.write('stdout', goJson(Object.fromEntries(byMachine)));
    }
    const [header = '', ...lines] = table(fillRows(tables.checks, checks)).trimEnd().split('\n');
    const rule = header.replaceAll(/[^│]/g, '─').replaceAll('│', '┼');
    call.write('stdout', `Health Checks for ${app}\n${[header, rule, ...lines].join('\n')} \n`);
  },
};

export const status: FlyCommand = {
  needs: 'app',
  run: async (call, app) => {
    if (call.flags.on('--watch')) {
      throw asksJson(call) ? flyError('watch-json') : notPlayed('"fly status --watch"');
    }
    await reach(call, 'status', app);
    const cloud = call.cloud.read();
    const { service } = cloud.scenario;
    const machines = machinesOf(call);
    if (asksJson(call)) {
      const json = machines.map((holes) => fillJson(readings.machine, holes));
      const holes = { ...service, machines: json, version: newestVersion(cloud) };
      return call.write('stdout', goJson(fillJson(readings.status, holes)));
    }
    const newest = cloud.machines.toSorted((a, b) => b.release - a.release)[0];
    const block = table([
      ['Name', service.app],
      ['Owner', service.organization],
      ['Hostname', service.hostname],
      ['Image', newest === undefined ? '-' : newest.imageRef.replace(/^registry\.fly\.io\//, '')],
    ]);
    const rows = table(fillRows(tables.status, sorted(machines)));
    call.write('stdout', `${bold('App')}\n${block}${machines.length === 0 ? '' : `${bold('Machines')}\n${rows}`}`);
  },
};

export const machineList: FlyCommand = {
  needs: 'app',
  run: async (call, app) => {
    await reach(call, 'machine list', app);
    const machines = machinesOf(call);
    if (asksJson(call)) {
      call.write('stdout', goJson(machines.map((holes) => fillJson(readings.machine, holes))));
    } else if (call.flags.on('--quiet -q')) call.write('stdout', table(machines.map(({ id }) => [id])));
    else if (machines.length === 0) call.write('stdout', `No machines are available on this app ${app}\n`);
    else {
      // A zero-width space keeps terminals from taking the bracket into the address.
      const address = `\u200bhttps://fly.io/apps/${app}/machines/`;
      call.write(
        'stdout',
        `${machines.length} machines have been retrieved from app ${app}.\nView them in the UI here (${address})\n\n` +
          `${bold(app)}\n${table(fillRows(tables.machines, machines))}`,
      );
    }
  },
};

const sorted = <T extends { readonly id: string }>(machines: readonly T[]): readonly T[] =>
  machines.toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** What templates need of each machine, in the order in which Fly lists them. */
function machinesOf(call: FlyCall) {
  const cloud = call.cloud.read();
  const { scenario } = cloud;
  const now = call.clock.now();
  return cloud.machines.map((machine) => {
    const { tag, digest } = imageOf(cloud, machine);
    const check = checkOf(cloud, machine, now);
    const { stoppedAt, updatedAt } = machine;
    return {
      ...machine,
      app: scenario.service.app,
      tag,
      digest,
      image: machine.imageRef,
      state: machineState(cloud, machine, now),
      instance: machine.instanceId,
      ip: machine.privateIp,
      created: rfc3339(machine.createdAt),
      // When the machine stopped counts as a change.
      updated: rfc3339(stoppedAt !== undefined && stoppedAt <= now ? stoppedAt : updatedAt),
      cordoned: machine.cordoned === true,
      version: scenario.flyVersion.version,
      releaseId: cloud.releases.find((each) => each.version === machine.release)?.id ?? '',
      release: String(machine.release),
      serviceChecks: scenario.checkName === null ? undefined : [readings['service-check']],
      events: events(cloud, machine, now),
      check,
      checks: check === null ? undefined : [fillJson(readings.check, check)],
      checkCount: check === null ? '' : check.status === 'passing' ? '1/1' : '0/1',
      checkWords: check === null ? '' : `1 total, 1 ${check.status}`,
    };
  });
}

/** A machine that stands is not checked, and some apps have no check. */
function checkOf(cloud: SimulatedCloud, machine: CloudMachine, now: number) {
  const name = cloud.scenario.checkName;
  if (name === null || machineState(cloud, machine, now) === 'stopped') return null;
  const check = machineCheck(cloud, machine, now);
  return { ...check, name, updated: serviceTime(check.updatedAt), ago: relativeTime(check.updatedAt, now) };
}

/** Newest first. An update is an event of its own only until the machine has started again. */
function events(cloud: SimulatedCloud, machine: CloudMachine, now: number): readonly unknown[] {
  const { launch, start, update, stop, exit } = readings.events;
  const { stopAskedAt, stoppedAt, startedAt, updatedAt } = machine;
  const stopped = stoppedAt !== undefined && stoppedAt <= now;
  return [
    ...(stopped ? [fillJson(exit, { at: stoppedAt, time: serviceTime(stoppedAt) })] : []),
    ...(stoppedAt === undefined ? [] : [fillJson(stop, { at: stopAskedAt ?? stoppedAt })]),
    ...(machineState(cloud, machine, now) === 'replacing'
      ? [fillJson(update, { at: updatedAt })]
      : [fillJson(start, { at: startedAt })]),
    fillJson(launch, { at: updatedAt }),
  ];
}
