/**
 * What is left when the store cannot be opened: the reference. A window then shows the bundled runbook and what is read in
 * beside it, from a folder of its own that ends with it; the store that cannot be used stays exactly as it is.
 */
import { rm } from 'node:fs/promises';
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
import { temporaryFolder } from './files/temporary-folder.ts';
import type { Connection } from './connection.ts';
import { type CoreOptions, type OpenCore, openCore } from './core.ts';

/** Why a store cannot be opened; anything else is no reason to show a window without it. */
const STORE_CODES: readonly ErrorCode[] = ['store-corrupt', 'store-newer', 'store-unwritable', 'disk-full'];

/** Calls that only read, and none whose answer would be made of incidents or settings that are not there. */
const READING: ReadonlySet<string> = new Set<CallName>([
  'app.info',
  'app.new-link',
  'incident.list',
  'incident.search',
  'runbook.list',
  'runbook.import',
  'runbook.open',
  'runbook.search',
  'runbook.print',
  'truth.check',
  'drill.scenarios',
  'settings.read',
  'providers.read',
]);

export interface WindowCore {
  readonly core: OpenCore;
  /** Why only the reference can be shown, or null. */
  readonly problem: Failure | null;
}

/** The core for a window; one with the reference alone when the store cannot be used. Codes: those of openCore otherwise. */
export async function openCoreForWindow(options: CoreOptions): Promise<WindowCore> {
  try {
    return { core: await openCore(options), problem: null };
  } catch (thrown) {
    if (!(thrown instanceof RollbookError) || !STORE_CODES.includes(thrown.code)) throw thrown;
    const { vault: _unused, ...rest } = options;
    // Where nothing at all can be written, the first problem is the one to tell.
    const core = await referenceCore(rest, toFailure(thrown)).catch(() => null);
    if (core === null) throw thrown;
    return { core, problem: toFailure(thrown) };
  }
}

async function referenceCore(options: CoreOptions, problem: Failure): Promise<OpenCore> {
  const folder = temporaryFolder('reference');
  const forget = (): Promise<void> => rm(folder, { recursive: true, force: true });
  try {
    const core = await openCore({ ...options, folder });
    return {
      ...core,
      connect: (send, abilities) => onlyReading(core.connect(send, abilities), problem),
      close: async () => {
        await core.close();
        await forget();
      },
    };
  } catch (thrown) {
    await forget();
    throw thrown;
  }
}

function onlyReading(connection: Connection, problem: Failure): Connection {
  return {
    ...connection,
    call: async (name, args): Promise<Result<unknown>> => {
      if (!READING.has(name)) return fail(problem);
      const answer = await connection.call(name, args);
      if (name !== 'app.info' || !answer.ok) return answer;
      const info: AppInfo = { ...(answer.value as AppInfo), readOnly: problem.message, onlyReference: problem };
      return ok(info);
    },
  };
}
