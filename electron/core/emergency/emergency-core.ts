/**
 * What is left when the store cannot be opened: a core with a store of its own, in a folder of its own. Runbooks can be read
 * and searched, an incident can be declared, commands that only read run; nothing that changes anything. What people do is
 * put into the store when that opens again (take-in.ts). The store that cannot be used stays exactly as it is.
 */
import type { AppInfo, CallName } from '#shared/contract/calls.ts';
import {
  type ErrorCode,
  fail,
  type Failure,
  ok,
  type Result,
  RollbookError,
  toFailure,
} from '#shared/contract/result.ts';
import type { Connection } from '#core/connection.ts';
import { type CoreOptions, type OpenCore, openCore } from '#core/core.ts';
import { dataFolder } from '#core/machine.ts';
import { inEmergencyFolder, removeEmergencyFolder } from './emergency-folder.ts';

/** Why a store cannot be opened; anything else is no reason to go on without it. */
const STORE_CODES: readonly ErrorCode[] = ['store-corrupt', 'store-newer', 'store-unwritable', 'disk-full'];

/** None whose answer would be made of incidents or settings that are not there, and none that would be lost with the folder. */
const ANSWERED: ReadonlySet<string> = new Set<CallName>([
  'app.info',
  'app.new-link',
  'incident.list',
  'incident.search',
  'incident.declare',
  'incident.open',
  'incident.follow',
  'incident.unfollow',
  'incident.act',
  'run.lines',
  'run.attach',
  'run.detach',
  'run.ack',
  'report.preview',
  'report.export',
  'runbook.list',
  'runbook.import',
  'runbook.open',
  'runbook.trust',
  'runbook.search',
  'runbook.print',
  'truth.check',
  'tools.locate',
  'notify.channels',
  'drill.scenarios',
  'settings.read',
  'providers.read',
]);

export interface EmergencyCore {
  readonly core: OpenCore;
  /** Why the store cannot be used, or null: it is the core itself. */
  readonly problem: Failure | null;
}

/** What is said of it wherever somebody works so. `folder`: of its store. */
export const keptApart = (folder: string): string =>
  `Runbooks can be read, and an incident can be declared: commands that only read are run, none that changes something. What you do is kept in ${folder}, and put into the store when it opens again.`;

/** The core; one with a store of its own when the store cannot be used. Codes: those of openCore otherwise. */
export async function openCoreOrEmergency(options: CoreOptions): Promise<EmergencyCore> {
  try {
    return { core: await openCore(options), problem: null };
  } catch (thrown) {
    if (!(thrown instanceof RollbookError) || !STORE_CODES.includes(thrown.code)) throw thrown;
    const problem = toFailure(thrown);
    // Where nothing at all can be written, the first problem is the one to tell.
    const core = await emergencyCore(options, problem);
    if (core === null) throw thrown;
    return { core, problem };
  }
}

async function emergencyCore({ vault: _unused, ...options }: CoreOptions, problem: Failure): Promise<OpenCore | null> {
  const usual = options.folder ?? dataFolder(process.env);
  const core = await inEmergencyFolder(usual, (folder) =>
    openCore({ ...options, folder, standsInFor: usual, onlyReads: problem }),
  );
  if (core === null) return null;
  const { store } = core.services;
  let closing: Promise<void> | null = null;
  const close = async (): Promise<void> => {
    const isEmpty = store.list().length === 0;
    await core.close();
    if (isEmpty) await removeEmergencyFolder(store.folder);
  };
  return {
    ...core,
    connect: (send, abilities) => ofEmergency(core.connect(send, abilities), { problem, folder: store.folder }),
    close: () => (closing ??= close()),
  };
}

function ofEmergency(connection: Connection, emergency: NonNullable<AppInfo['emergency']>): Connection {
  return {
    ...connection,
    call: async (name, args): Promise<Result<unknown>> => {
      if (!ANSWERED.has(name)) return fail(emergency.problem);
      const answer = await connection.call(name, args);
      if (name !== 'app.info' || !answer.ok) return answer;
      return ok({ ...(answer.value as AppInfo), emergency });
    },
  };
}
