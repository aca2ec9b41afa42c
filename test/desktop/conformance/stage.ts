/** What the calls are about, the same on both hosts: a live incident in which one command has run. */
import type { HostWindow, RunningHost } from '../hosts/both-hosts.ts';
import { declarePier, type LiveIncident, pierRunbook, valueOf } from '../live-incident.ts';

export interface Stage {
  readonly window: HostWindow;
  /** All files of this host are in it. */
  readonly folder: string;
  readonly incident: LiveIncident;
  readonly runId: string;
  /** Hash of the bundled runbook. */
  readonly bundled: string;
  /** A runbook file that has not been imported. */
  readonly file: string;
  /** Another live incident; answers its id. */
  readonly declare: () => Promise<string>;
}

/** Logs, releases and status. All are missing, because there is no fly. */
const CAPTURES = 3;

export async function stageOf(host: RunningHost): Promise<Stage> {
  const window = await host.open();
  const incident = await declarePier(host, window, 'first', 'seq 3');
  await incident.until('evidence.missing', CAPTURES);
  await incident.act({ kind: 'run-reads', stepId: incident.stepId });
  const { runId } = (await incident.until('run.ended')) as { runId: string };
  const runbooks = valueOf(await window.call('runbook.list', {}));
  return {
    window,
    folder: host.app.folder,
    incident,
    runId,
    bundled: runbooks.find(({ bundled }) => bundled)?.hash ?? '',
    file: host.app.writeFile('new.md', pierRunbook('seq 4')),
    declare: async () => {
      const another = await declarePier(host, window, 'another', 'seq 5');
      await another.until('evidence.missing', CAPTURES);
      return another.incidentId;
    },
  };
}
