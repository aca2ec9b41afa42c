import { expect, it } from 'vitest';
import { ulid } from 'ulid';
import { autopilot } from '#core/drills/autopilot.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import { foldersOfEachCommit, takeUpEach } from '../../fixtures/every-commit.ts';
import { send } from '../../fixtures/steering.ts';
import { passingTime } from '../../fixtures/test-ports.ts';

const toTheEnd = (incident: OpenIncident): Promise<void> => passingTime(autopilot(incident, 'ann', ulid));

it.each(['app-rollback', 'db-rollback', 'full-system', 'exploit-stop-machines'])(
  '%s, killed after any commit, takes a note and goes on to its end',
  async (scenario) => {
    const folders = await foldersOfEachCommit(scenario, toTheEnd);
    expect(folders.length).toBeGreaterThan(40);
    await takeUpEach(folders, async (incident) => {
      const { journal } = incident.scene;
      if (journal.state.resolvedAt === null) await send(incident, { kind: 'note', text: 'still here', starred: false });
      await toTheEnd(incident);
      expect(journal.state.resolvedAt).not.toBeNull();
    });
  },
  300_000,
);
