/** The commands that only print: the state of the app and its machines, the login, the version. */
import { type CloudMachine, imageOf, newestVersion, type SimulatedCloud } from '#core/simulator/simulated-cloud.ts';
import { type FlyCall, type FlyCommand, flyError, notPlayed, reach } from './fly-command.ts';
import { bold, goJson, relativeTime, rfc3339, serviceTime, table } from './go-text.ts';
import { type CheckState, machineCheck, machineState } from './machine-health.ts';
import { fillJson } from './transcript.ts';
import readings from './transcripts/readings.json' with { type: 'json' };

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
      return { ...service, status: newest?.status ?? '', createdAt: newest?.createdAt ?? 0 };
    });
    if (asksJson(call)) {
      const json = apps.map((app) => fillJson(readings.app, { ...app, created: rfc3339(app.createdAt) }));
      return call.write('stdout', goJson(json));
    }
    const rows = apps.map(({ app, organization, createdAt }) => [
      app,
      organization,
      'deployed',
      relativeTime(createdAt, call.clock.now()),
    ]);
    call.write('stdout', table([['NAME', 'OWNER', 'STATUS', 'LATEST DEPLOY'], ...rows]));
  },
};

export const imageShow: FlyCommand = {
  needs: 'app',
  run: async (call, app) => {
    if (!asksJson(call)) throw notPlayed('"fly image show" without --json');
    await reach(call, 'machine list', app);
    const cloud = call.cloud.read();
    const shown = cloud.machines.map((machine) => {
      const { digest, tag } = imageOf(cloud, machine);
      return fillJson(readings.image, { digest, tag, app, id: machine.id });
    });
    call.write('stdout', goJson(shown));
  },
};

export const checksList: FlyCommand = {
  needs: 'app',
  run: async (call, app) => {
    await reach(call, 'machine list', app);
    const cloud = call.cloud.read();
    const now = call.clock.now();
    const checks = sorted(cloud.machines).flatMap((machine) => {
      const check = shownCheck(cloud, machine, now);
      return check === null ? [] : [{ id: machine.id, name: cloud.scenario.checkName ?? '', ...check }];
    });
    if (asksJson(call)) {
      const byMachine = checks.map((check) => [check.id, [fillJson(readings.check, checkHoles(check))]] as const);
      return call.write('stdout', goJson(Object.fromEntries(byMachine)));
    }
    const rows = checks.map(({ id, name, status: state, updatedAt, output }) => [
      name,
      state,
      id,
      relativeTime(updatedAt, now),
      output,
    ]);
    const [header = '', ...lines] = table([['NAME', 'STATUS', 'MACHINE', 'LAST UPDATED', 'OUTPUT'], ...rows]).split(
      '\n',
    );
    const rule = header.replaceAll(/[^│]/g, '─').replaceAll('│', '┼');
    call.write('stdout', `Health Checks for ${app}\n${[header, rule, ...lines].join('\n').replace(/\n\n$/, '\n')}`);
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
    const now = call.clock.now();
    call.write('stdout', asksJson(call) ? goJson(statusJson(cloud, now)) : statusText(cloud, now));
  },
};

const statusJson = (cloud: SimulatedCloud, now: number): unknown =>
  fillJson(readings.status, {
    ...cloud.scenario.service,
    machines: cloud.machines.map((machine) => machineJson(cloud, machine, now)),
    version: newestVersion(cloud),
  });

function statusText(cloud: SimulatedCloud, now: number): string {
  const { service } = cloud.scenario;
  const newest = cloud.machines.toSorted((a, b) => b.release - a.release)[0];
  const app = table([
    ['Name', service.app],
    ['Owner', service.organization],
    ['Hostname', service.hostname],
    ['Image', newest === undefined ? '-' : newest.imageRef.replace(/^registry\.fly\.io\//, '')],
  ]);
  const machines = sorted(cloud.machines).map((machine) => {
    const check = shownCheck(cloud, machine, now);
    return [
      machine.group,
      machine.id,
      String(machine.release),
      machine.region,
      machineState(cloud, machine, now),
      '',
      check === null ? '' : `1 total, 1 ${check.status}`,
      rfc3339(changedAt(machine, now)),
    ];
  });
  const header = ['PROCESS', 'ID', 'VERSION', 'REGION', 'STATE', 'ROLE', 'CHECKS', 'LAST UPDATED'];
  return `${bold('App')}\n${app}${machines.length === 0 ? '' : `${bold('Machines')}\n${table([header, ...machines])}`}`;
}

export const machineList: FlyCommand = {
  needs: 'app',
  run: async (call, app) => {
    await reach(call, 'machine list', app);
    const cloud = call.cloud.read();
    const now = call.clock.now();
    const { machines } = cloud;
    if (asksJson(call)) call.write('stdout', goJson(machines.map((machine) => machineJson(cloud, machine, now))));
    else if (call.flags.on('--quiet -q')) call.write('stdout', table(machines.map(({ id }) => [id])));
    else if (machines.length === 0) call.write('stdout', `No machines are available on this app ${app}\n`);
    else call.write('stdout', machineText(cloud, app, now));
  },
};

function machineText(cloud: SimulatedCloud, app: string, now: number): string {
  const header = ['ID', 'NAME', 'STATE', 'CHECKS', 'REGION', 'ROLE', 'IMAGE', 'IP ADDRESS', 'VOLUME', 'CREATED'];
  const rows = cloud.machines.map((machine) => {
    const check = shownCheck(cloud, machine, now);
    return [
      machine.id,
      machine.name,
      machineState(cloud, machine, now),
      check === null ? '' : check.status === 'passing' ? '1/1' : '0/1',
      machine.region,
      '',
      `${app}:${imageOf(cloud, machine).tag}`,
      machine.privateIp,
      '',
      rfc3339(machine.createdAt),
      rfc3339(changedAt(machine, now)),
      machine.group,
      'shared-cpu-1x:256MB',
    ];
  });
  // A zero-width space keeps terminals from taking the bracket into the address.
  const address = `\u200bhttps://fly.io/apps/${app}/machines/`;
  return (
    `${rows.length} machines have been retrieved from app ${app}.\nView them in the UI here (${address})\n\n` +
    `${bold(app)}\n${table([[...header, 'LAST UPDATED', 'PROCESS GROUP', 'SIZE'], ...rows])}`
  );
}

const sorted = (machines: readonly CloudMachine[]): readonly CloudMachine[] =>
  machines.toSorted((a, b) => (a.id < b.id ? -1 : 1));

/** When the machine stopped counts as a change. */
const changedAt = ({ updatedAt, stoppedAt }: CloudMachine, now: number): number =>
  stoppedAt !== undefined && stoppedAt <= now ? stoppedAt : updatedAt;

/** A machine that stands is not checked, and some apps have no check. */
const shownCheck = (cloud: SimulatedCloud, machine: CloudMachine, now: number) =>
  cloud.scenario.checkName === null || machineState(cloud, machine, now) === 'stopped'
    ? null
    : machineCheck(cloud, machine, now);

/** A machine as the Machines API has it: `fly status --json` and `fly machine list --json` print the same. */
function machineJson(cloud: SimulatedCloud, machine: CloudMachine, now: number): unknown {
  const { scenario } = cloud;
  const { tag, digest } = imageOf(cloud, machine);
  const check = shownCheck(cloud, machine, now);
  return fillJson(readings.machine, {
    ...machine,
    app: scenario.service.app,
    tag,
    digest,
    image: machine.imageRef,
    state: machineState(cloud, machine, now),
    instance: machine.instanceId,
    ip: machine.privateIp,
    created: rfc3339(machine.createdAt),
    updated: rfc3339(changedAt(machine, now)),
    cordoned: machine.cordoned === true,
    version: scenario.flyVersion.version,
    releaseId: cloud.releases.find((each) => each.version === machine.release)?.id ?? '',
    release: String(machine.release),
    serviceChecks: scenario.checkName === null ? undefined : [readings['service-check']],
    events: events(cloud, machine, now),
    checks:
      check === null ? undefined : [fillJson(readings.check, checkHoles({ name: scenario.checkName ?? '', ...check }))],
  });
}

const checkHoles = (check: CheckState & { readonly name: string }) => ({
  ...check,
  updated: serviceTime(check.updatedAt),
});

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
