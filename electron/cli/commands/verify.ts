/** `rollbook verify`: one incident of this machine or all, or what was exported of one, held against its own hashes. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { ulidSchema } from '#shared/api/call-schemas.ts';
import { count } from '#shared/words/count.ts';
import { RollbookError } from '#shared/api/result.ts';
import type { OpenCore } from '#core/core.ts';
import { headOf, type Verification } from '#core/verify/verification.ts';
import { verifyExported } from '#core/verify/verify-folder.ts';
import { verifyIncident } from '#core/verify/verify-incident.ts';
import { EXIT, type ExitCode } from '../exit-codes.ts';
import { print, type Terminal } from '../terminal.ts';
import { sayWaitingIn } from '../warnings.ts';
import { invocation } from '../invocation.ts';

export interface VerifyOptions {
  /** A hash from an earlier export: somebody who can rewrite the store cannot rewrite that. */
  readonly head: string | undefined;
  readonly json: boolean;
}

type WithCore = <T>(work: (core: OpenCore) => Promise<T>) => Promise<T>;

/**
 * `what`: an id, or the path of an exported folder or a bundle, which need no store. A broken chain is exit code 1.
 * Codes: `not-found`, `bad-arguments` (not a hash), `unreadable-file`.
 */
export async function verify(
  terminal: Terminal,
  withCore: WithCore,
  what: string,
  { head, json }: VerifyOptions,
): Promise<ExitCode> {
  const kept = head === undefined ? null : headOf(head);
  const path = resolve(terminal.cwd, what);
  const found = isPath(what, path)
    ? await verifyExported(path, kept)
    : await withCore(async (core) => {
        sayWaitingIn(terminal, core, [what]);
        return await verifyIncident(core.services, what, kept);
      });
  // `head` stays the hash alone, as it is given to --head.
  print(terminal, json, { ...found, head: found.head.hash }, () => verificationText(found));
  return found.ok ? EXIT.ok : EXIT.failed;
}

/** Every incident and drill of this machine. Code: `bad-arguments` with a hash, which is of one of them. */
export async function verifyAll(
  terminal: Terminal,
  withCore: WithCore,
  { head, json }: VerifyOptions,
): Promise<ExitCode> {
  if (head !== undefined)
    throw new RollbookError(
      'bad-arguments',
      '--head is the hash of one incident, and none is named.',
      `Write: ${invocation()} verify ID --head HASH.`,
    );
  const found = await withCore(async (core) => {
    const { services } = core;
    const all: Verification[] = [];
    for (const { id } of services.incidents.list()) all.push(await verifyIncident(services, id));
    sayWaitingIn(
      terminal,
      core,
      all.map(({ incidentId }) => incidentId),
    );
    return all;
  });
  const ok = found.every((each) => each.ok);
  print(terminal, json, { ok, incidents: found.map((each) => ({ ...each, head: each.head.hash })) }, () =>
    found.length === 0
      ? 'There is no incident to verify.'
      : found.map((each) => `${each.incidentId}  ${verificationText(each)}`).join('\n'),
  );
  return ok ? EXIT.ok : EXIT.failed;
}

/**
 * Anything that is not an id may be a folder of that name. If there is none, it is looked for as an incident, which is
 * `not-found`.
 */
const isPath = (what: string, path: string): boolean =>
  !ulidSchema.safeParse(what).success && (/[./\\]/.test(what) || existsSync(path));

function verificationText({ ok, events, purged, head, problem, files, findings, notes }: Verification): string {
  const counts = [count(events, 'event'), ...(files === 0 ? [] : [count(files, 'file')])].join(', ');
  const gone = purged === 0 ? '' : `, ${count(purged, 'payload')} purged`;
  const lines =
    problem !== null
      ? [`BROKEN at event ${problem.seq}: ${problem.what} (${counts}${gone})`]
      : ok
        ? [`Whole${gone}: ${counts}, head ${head.hash}`]
        : [`NOT WHOLE${gone}: the chain of ${counts} holds, but:`];
  return [...lines, ...findings.map((finding) => `  ${finding}`), ...notes.map((note) => `  ${note}`)].join('\n');
}
