/** One row for each call of the API: its arguments, and how both hosts answer. A call without a row does not compile. */
import { ulid } from 'ulid';
import type { CallArgs, CallName, CallResult } from '#shared/api/calls.ts';
import type { ErrorCode } from '#shared/api/result.ts';
import type { CheckedItem } from '#shared/readiness/readiness.ts';
import type { ShellView } from '#shared/settings/settings.ts';
import { valueOf } from '../live-incident.ts';
import type { Stage } from './stage.ts';

export interface Row<N extends CallName> {
  readonly args: (stage: Stage) => CallArgs<N> | Promise<CallArgs<N>>;
  /** The expected error. Without it, the call succeeds. */
  readonly refused?: ErrorCode;
  /** For intended differences: turns the value of the loopback host into that of the desktop app. */
  readonly onDesktop?: (value: CallResult<N>) => CallResult<N>;
  /** For calls that only the loopback host has: the error of the desktop app. */
  readonly refusedOnDesktop?: ErrorCode;
}

const none = { args: () => ({}) };

/** Only the desktop app asks the login shell, here that of test/e2e/hosts/desktop.ts. */
const SHELL: ShellView = { shell: '<folder>/login-shell', state: 'read', problem: null };
const SHELL_ITEM: CheckedItem = {
  id: 'login-shell',
  group: 'machine',
  title: 'Variables of the login shell',
  state: 'ok',
  detail: `from ${SHELL.shell}`,
  fix: null,
  checkedAt: 0,
  tookMs: 0,
};

export const ROWS: { readonly [N in CallName]: Row<N> } = {
  'app.info': { ...none, onDesktop: (value) => ({ ...value, host: 'desktop', shell: SHELL }) },
  // The desktop app has no addresses: it opens its own windows.
  'app.new-link': { ...none, refusedOnDesktop: 'not-allowed' },
  'incident.list': none,
  'incident.declare': {
    args: ({ incident: { hash } }) => ({
      intentId: ulid(),
      runbook: hash,
      severity: 'P1',
      rowLine: null,
      title: 'Declared',
      symptom: 'Slow',
      service: 'pier',
      detectedAt: Date.now() - 60_000,
    }),
  },
  'incident.open': { args: ({ incident: { incidentId } }) => ({ incidentId }) },
  'incident.follow': { args: ({ incident: { incidentId } }) => ({ incidentId, afterSeq: 0 }) },
  'incident.unfollow': { args: ({ incident: { incidentId } }) => ({ incidentId }) },
  'incident.act': {
    args: async ({ incident: { incidentId, read } }) => ({
      incidentId,
      intentId: ulid(),
      expectedSeq: (await read()).events.length,
      intent: { kind: 'note', text: 'Seen', starred: false },
    }),
  },
  'incident.take-over': { args: ({ incident: { incidentId } }) => ({ incidentId, reason: 'The other one is away' }) },
  'handover.give': {
    args: async ({ declare }) => ({ incidentId: await declare(), path: null, to: 'Kim', reason: 'End of shift' }),
  },
  'handover.take': {
    args: async ({ window, declare }) => {
      const given = { incidentId: await declare(), path: null, to: 'Kim', reason: 'End of shift' };
      const { path } = valueOf(await window.call('handover.give', given));
      return { path, trust: true, reason: 'Took it back' };
    },
  },
  // The incident is open, and only a finished one can be purged.
  'incident.purge-plan': { args: ({ incident: { incidentId } }) => ({ incidentId }), refused: 'not-allowed' },
  'incident.purge': {
    args: ({ incident: { incidentId } }) => ({ incidentId, typed: incidentId.slice(-6), reason: '' }),
    refused: 'not-allowed',
  },
  'drill.scenarios': none,
  'drill.start': { args: () => ({ intentId: ulid(), scenario: 'app-rollback', speed: 1, rowLine: null }) },
  'drill.start-real': {
    args: ({ incident: { hash } }) => ({
      intentId: ulid(),
      runbook: hash,
      service: 'pier-test',
      rowLine: null,
      procedureId: null,
    }),
  },
  'drill.start-again': {
    args: ({ incident: { incidentId } }) => ({ intentId: ulid(), incidentId, speed: 1 }),
    refused: 'bad-arguments',
  },
  'drill.book': { args: () => ({ runbook: null }) },
  'quick.releases': {
    args: ({ bundled }) => ({ runbook: bundled, service: 'hotdash-agent-service', scenario: 'app-rollback' }),
  },
  'quick.start': {
    args: ({ bundled }) => ({
      intentId: ulid(),
      runbook: bundled,
      service: 'hotdash-agent-service',
      version: 9,
      drill: { scenario: 'app-rollback', speed: 60 },
    }),
  },
  'runbook.list': none,
  'runbook.import': { args: ({ file }) => ({ path: file }) },
  'runbook.untrust': { args: ({ incident: { hash } }) => ({ hash }) },
  'runbook.remove': { args: ({ incident: { hash } }) => ({ hash }) },
  'runbook.trust': { args: ({ incident: { hash } }) => ({ hash }) },
  'runbook.adoption': { args: ({ incident: { hash } }) => ({ hash, answers: {} }) },
  // A file of Rollbook's own is never written over by it.
  'runbook.adopt': {
    args: ({ incident: { hash } }) => ({ hash, answers: {}, path: '/no/such/folder/book.md' }),
    refused: 'bad-arguments',
  },
  'runbook.open': { args: ({ incident: { hash } }) => ({ hash }) },
  'runbook.search': { args: ({ bundled }) => ({ hash: bundled, query: 'rollback' }) },
  'runbook.print': { args: ({ incident: { hash } }) => ({ hash }) },
  // Must match only once: the order of equally good matches is not defined.
  'incident.search': { args: () => ({ query: 'first' }) },
  'runbook-check.run': { args: ({ incident: { hash } }) => ({ hash, again: false }) },
  // There is no such program, so none is run with --help.
  'runbook-check.approve-program': {
    args: ({ incident: { hash } }) => ({ hash, tool: 'no-such-program', path: '/no/such-program', sha256: 'none' }),
    refused: 'not-allowed',
  },
  'runbook-check.fix': { args: ({ incident: { hash } }) => ({ hash }) },
  'readiness.read': {
    args: ({ incident: { hash } }) => ({ runbook: hash, only: null }),
    // The desktop app keeps the machine awake itself; the loopback host needs a program that may be missing.
    onDesktop: ({ items, ...rest }) => ({
      ...rest,
      items: items.flatMap((item) => {
        if (item.id === 'disk') return [SHELL_ITEM, item];
        return item.id === 'awake' ? { ...item, state: 'ok', detail: 'by the desktop app', fix: null } : item;
      }),
    }),
  },
  'tools.locate': { args: () => ({ tools: ['sh', 'no-such-program'] }) },
  'providers.read': none,
  'notify.channels': { args: ({ incident: { incidentId } }) => ({ incidentId }) },
  'settings.read': { ...none, onDesktop: (value) => ({ ...value, shell: SHELL }) },
  'settings.change': {
    args: () => ({ change: { what: 'single-keys', on: false } }),
    onDesktop: (value) => ({ ...value, shell: SHELL }),
  },
  'run.lines': { args: ({ incident: { incidentId }, runId }) => ({ incidentId, runId, from: 0, count: 10 }) },
  'run.answers': { args: ({ incident: { incidentId } }) => ({ incidentId, stepId: 'no-step' }) },
  'run.attach': { args: ({ runId }) => ({ runId }) },
  'run.detach': { args: ({ runId }) => ({ runId }) },
  'run.ack': { args: ({ runId }) => ({ runId, chars: 10 }) },
  'report.preview': { args: ({ incident: { incidentId } }) => ({ incidentId }) },
  'report.paste': { args: ({ incident: { incidentId } }) => ({ incidentId, into: 'slack' }) },
  'report.export': { args: ({ incident: { incidentId } }) => ({ incidentId, path: null, format: 'json' }) },
  'report.export-folder': { args: ({ incident: { incidentId } }) => ({ incidentId, path: null }) },
};
