/** The readiness board: every check at the same time, each bounded, so that an unreachable world takes ten seconds at most. */
import { type CheckedItem, READY_GROUPS, type Readiness } from '#shared/readiness/readiness.ts';
import type { Clock } from '#core/ports.ts';
import { type ChecksOf, type Found, itemOf, type ReadyCheck, type ReadinessInput, unknown } from './readiness-check.ts';
import { apps } from './checks/apps.ts';
import { approvers } from './checks/approvers.ts';
import { checkout } from './checks/checkout.ts';
import { logins } from './checks/logins.ts';
import { machine, wakefulness } from './checks/machine.ts';
import { network } from './checks/network.ts';
import { practice } from './checks/practice.ts';
import { runbook } from './checks/runbook.ts';
import { secrets } from './checks/secrets.ts';
import { tools } from './checks/tools.ts';

const CHECKS: readonly ChecksOf[] = [
  tools,
  logins,
  apps,
  secrets,
  network,
  machine,
  checkout,
  approvers,
  wakefulness,
  runbook,
  practice,
];
/** Limit of one check, ms; the rest of the ten seconds is for stopping what it started. */
const CHECK_LIMIT_MS = 7_000;

/** `only`: ids of items to look at again; all by default. Never rejects on account of a check. */
export async function readReadiness(
  input: ReadinessInput,
  hash: string,
  only: readonly string[] | null,
): Promise<Readiness> {
  const began = input.clock.monotonic();
  const checks = CHECKS.flatMap((checksOf) => checksOf(input)).filter(({ id }) => only?.includes(id) ?? true);
  const items = await Promise.all(checks.map((check) => bounded(check, input.clock)));
  return {
    runbook: { hash, title: input.model.title },
    items: items.toSorted((a, b) => READY_GROUPS.indexOf(a.group) - READY_GROUPS.indexOf(b.group)),
    tookMs: Math.round(input.clock.monotonic() - began),
  };
}

async function bounded(check: ReadyCheck, clock: Clock): Promise<CheckedItem> {
  const began = clock.monotonic();
  const over = new AbortController();
  const late = clock
    .sleep(CHECK_LIMIT_MS, over.signal)
    .then(
      (): Found => unknown(`not found out within ${CHECK_LIMIT_MS / 1_000} s`, 'Check the network, then look again.'),
    );
  const looked = Promise.resolve()
    .then(check.look)
    .catch((thrown: unknown): Found => unknown(thrown instanceof Error ? thrown.message : String(thrown)));
  const found = await Promise.race([looked, late]);
  over.abort();
  return { ...itemOf(check, found), checkedAt: clock.now(), tookMs: Math.round(clock.monotonic() - began) };
}
