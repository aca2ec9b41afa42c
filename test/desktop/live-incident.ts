/** A live incident whose runbook has one step that prints, declared and controlled through a window. */
import type { CallResult } from '#shared/api/calls.ts';
import type { Result } from '#shared/api/result.ts';
import type { Envelope } from '#shared/incident/event.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { ulid } from 'ulid';
import { expect } from '@playwright/test';
import type { HostWindow, RunningHost } from './hosts/both-hosts.ts';

export interface LiveIncident {
  /** Hash of its runbook. */
  readonly hash: string;
  readonly incidentId: string;
  readonly stepId: string;
  /** The answer of `incident.open`. */
  readonly read: () => Promise<CallResult<'incident.open'>>;
  readonly act: (intent: Intent) => Promise<{ readonly seq: number }>;
  /** Waits for `count` events of this kind; answers the payload of the first. */
  readonly until: (kind: string, count?: number) => Promise<Envelope['payload']>;
}

/** `command` prints and changes nothing. */
export const pierRunbook = (command: string): string => `---
rollbook: 1
title: Pier
services:
  pier: { title: Pier, platform: fly, health: "http://127.0.0.1:9/health" }
  pier-test: { title: Pier for practice, platform: fly, health: "http://127.0.0.1:9/health" }
---

# Pier

| Severity | Condition | Action | Timeframe |
|---|---|---|---|
| P0 | The service is down | Roll back | <5 min |

## Option 1: Print

**Use when**: The service is down

1. **Print**
   \`\`\`bash effect=read timeout=60s
   ${command}
   \`\`\`
   - [ ] Seen
`;

/** The value of a successful answer. Throws the error of any other. */
export function valueOf<T>(answer: Result<T>): T {
  if (!answer.ok) throw new Error(`${answer.error.code}: ${answer.error.message}`);
  return answer.value;
}

export async function declarePier(
  { app }: RunningHost,
  window: HostWindow,
  name: string,
  command: string,
): Promise<LiveIncident> {
  const path = app.writeFile(`${name}.md`, pierRunbook(command));
  const { hash } = valueOf(await window.call('runbook.import', { path }));
  valueOf(await window.call('runbook.trust', { hash }));
  const { model } = valueOf(await window.call('runbook.open', { hash }));
  const { incidentId } = valueOf(
    await window.call('incident.declare', {
      intentId: ulid(),
      runbook: hash,
      severity: 'P0',
      rowLine: model.matrix.rows[0]?.line ?? null,
      title: name,
      symptom: 'Nothing answers',
      service: 'pier',
      detectedAt: Date.now() - 60_000,
    }),
  );
  const read = async () => valueOf(await window.call('incident.open', { incidentId }));
  const eventsOf = async (kind: string) => (await read()).events.filter((event) => event.kind === kind);
  return {
    hash,
    incidentId,
    stepId: model.procedures[0]?.steps[0]?.id ?? '',
    read,
    act: async (intent) => {
      const expectedSeq = (await read()).events.length;
      return valueOf(await window.call('incident.act', { incidentId, intentId: ulid(), expectedSeq, intent }));
    },
    until: async (kind, count = 1) => {
      await expect.poll(async () => (await eventsOf(kind)).length).toBeGreaterThanOrEqual(count);
      return (await eventsOf(kind))[0]?.payload;
    },
  };
}
