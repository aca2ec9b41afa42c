import { describe, expect, it } from 'vitest';
import { reduce } from '#shared/incident/reduce.ts';
import type { IncidentState } from '#shared/incident/state.ts';
import type { Command, Runbook } from '#shared/runbook/model.ts';
import { endingOf } from '../../../renderer/features/resolve/EndedSteps.tsx';
import { bundledRunbook } from '../../fixtures/bundled-runbook.ts';
import { fillMessage } from '../../../renderer/features/messages/fill-message.ts';
import { commandText, undoText } from '#shared/incident/variables.ts';
import { DETECTED_AT, IncidentEvents, SERVICE } from '../../fixtures/incident-events.ts';
import { chosen, unhealthyDrill, verifiedDrill } from '../../fixtures/incident-stories.ts';
import { APP, RUNBOOK, STEPS } from '../../fixtures/runbook-model.ts';

const stateOf = (events: IncidentEvents): IncidentState => reduce(events.events)!;

const withVariables: Runbook = {
  ...RUNBOOK,
  settings: {
    ...RUNBOOK.settings,
    variables: {
      SERVICE: { from: 'service.id' },
      IMAGE: { from: 'release.image' },
      TOKEN: { from: 'environment', secret: true },
    },
  },
};

const command = (text: string, effect: Command['effect'] = 'change'): Command => ({
  ...RUNBOOK.procedures[0]!.steps.flatMap((step) => step.commands)[0]!,
  text,
  effect,
});

const BEFORE = { version: null, image: 'registry/it x', digest: null };

describe('commandText', () => {
  it('puts in what has a value, quoted for a shell, and leaves the rest as the runbook writes it', () => {
    const state = stateOf(new IncidentEvents());
    const text = commandText(
      command('fly deploy -a "$SERVICE" --image ${IMAGE} -e $TOKEN $OTHER'),
      state,
      withVariables,
    );
    expect(text).toBe(`fly deploy -a ${SERVICE} --image \${IMAGE} -e $TOKEN $OTHER`);
  });

  it('takes another image for the way back', () => {
    const state = stateOf(new IncidentEvents().add('release.chosen', chosen()));
    expect(commandText(command('fly deploy --image "$IMAGE"'), state, withVariables, BEFORE)).toBe(
      "fly deploy --image 'registry/it x'",
    );
    expect(commandText(command('fly deploy --image "$IMAGE"'), state, withVariables)).toContain(chosen().image);
  });

  it('shows the strategy only on a change that was chosen to be immediate', () => {
    const state = stateOf(new IncidentEvents().add('release.chosen', { ...chosen(), immediate: true }));
    expect(commandText(command('fly deploy'), state, withVariables)).toBe('fly deploy --strategy immediate');
    expect(commandText(command('fly status', 'read'), state, withVariables)).toBe('fly status');
  });
});

describe('undoText', () => {
  const deploy = (text: string) => ({
    ...RUNBOOK.procedures[0]!.steps[0]!,
    commands: [command('fly status', 'read'), command(text)],
  });
  const step = deploy('fly deploy -a "$SERVICE" --image "$IMAGE" --wait-timeout 3m --yes');
  const state = stateOf(new IncidentEvents().add('release.chosen', chosen()));

  it("is the runbook's own deploy command with the image that ran before", () => {
    const { image } = chosen().from;
    expect(undoText(step, state, withVariables, chosen())).toBe(
      `fly deploy -a ${SERVICE} --image ${image} --wait-timeout 3m --yes`,
    );
    expect(undoText(step, state, withVariables, chosen(), 'web')).toBe(
      `fly deploy -a web --image ${image} --wait-timeout 3m --yes`,
    );
  });

  it('is null when the image that ran before is not known', () => {
    const unknown = { ...chosen(), from: { ...chosen().from, image: '' } };
    expect(undoText(step, state, withVariables, unknown)).toBeNull();
  });
});

describe('fillMessage', () => {
  const text = 'ROLLBACK\nSeverity: P[0/1/2]\nIssue: [Brief description]\nBack to: v[X]\nNext: [Action plan]';

  it('fills what is known and leaves the other blanks to a person', () => {
    const state = stateOf(
      new IncidentEvents({ kind: 'live', title: 'Login $& broken' }).add('release.chosen', chosen()),
    );
    expect(fillMessage(text, state)).toBe(
      `ROLLBACK\nSeverity: ${state.severity}\nIssue: Login $& broken\nBack to: v${chosen().version}\nNext: [Action plan]`,
    );
  });

  it('begins with DRILL in a drill', () => {
    expect(fillMessage(text, stateOf(new IncidentEvents({ kind: 'drill' })))).toMatch(/^DRILL /);
    expect(fillMessage(text, stateOf(new IncidentEvents({ kind: 'live' })))).not.toContain('DRILL');
  });
});

describe('endingOf', () => {
  it('is complete only when every step is over', () => {
    expect(endingOf(stateOf(verifiedDrill()), RUNBOOK)).toMatch(/^COMPLETE/);
    expect(endingOf(stateOf(unhealthyDrill()), RUNBOOK)).toMatch(/^STOPPED/);
    expect(endingOf(stateOf(new IncidentEvents()), RUNBOOK)).toMatch(/^STOPPED/);
  });

  it('says that a checklist is open', () => {
    const events = new IncidentEvents().add('procedure.chosen', { procedureId: 'application-rollback', reason: '' });
    events.run({ runId: 'r', stepId: 'x', commandId: 'c', effect: 'change', shown: 'fly deploy' });
    const ended = { reason: '', observed: null, dueAt: null } as const;
    const hotdash = bundledRunbook();
    for (const { id } of hotdash.procedures.find((each) => each.id === 'application-rollback')?.steps ?? [])
      events.add('step.ended', { stepId: id, outcome: 'verified', ...ended });
    expect(endingOf(stateOf(events), hotdash)).toBe('STOPPED: nobody confirmed that the symptom is gone');
    events.add('symptom.gone', { observed: 'HTTP 200' });
    expect(endingOf(stateOf(events), hotdash)).toBe('COMPLETE, CHECKLIST OPEN');
  });

  const over = (): IncidentEvents => {
    const events = new IncidentEvents().add('procedure.chosen', { procedureId: APP, reason: '' });
    const ended = { reason: '', observed: null, dueAt: null } as const;
    for (const stepId of Object.values(STEPS)) events.add('step.ended', { stepId, outcome: 'verified', ...ended });
    return events;
  };

  it('is complete except for the checkpoints that nobody answered', () => {
    const { watch: stepId } = STEPS;
    const events = over().add('symptom.gone', { observed: 'HTTP 200' });
    expect(endingOf(stateOf(events), RUNBOOK)).toBe('COMPLETE');
    events.add('watch.started', { stepId, minutes: 30 });
    events.add('checkpoint.asked', { stepId, minute: 15 }).add('checkpoint.asked', { stepId, minute: 30 });
    expect(endingOf(stateOf(events), RUNBOOK)).toBe('COMPLETE EXCEPT 2 UNANSWERED CHECKPOINTS');
    events.add('checkpoint.answered', { stepId, minute: 30, well: true, observed: 'fine' });
    expect(endingOf(stateOf(events), RUNBOOK)).toBe('COMPLETE EXCEPT 1 UNANSWERED CHECKPOINT');
  });

  it('is not complete while the symptom still fails', () => {
    const events = over();
    const sampled = (ok: boolean) => ({
      purpose: 'symptom' as const,
      target: 'https://x.example/health',
      samples: [{ at: DETECTED_AT, ok, ms: 20, detail: ok ? 'HTTP 200' : 'HTTP 503' }],
    });
    events.add('probe.sampled', sampled(false));
    expect(endingOf(stateOf(events), RUNBOOK)).toBe('NOT FIXED: the symptom still fails');
    events.add('probe.sampled', sampled(true));
    expect(endingOf(stateOf(events), RUNBOOK)).toBe('STOPPED: nobody confirmed that the symptom is gone');
  });

  it('counts what was put off', () => {
    const events = new IncidentEvents().add('procedure.chosen', { procedureId: APP, reason: '' });
    const ended = { reason: 'later', observed: null, dueAt: null } as const;
    for (const stepId of Object.values(STEPS)) events.add('step.ended', { stepId, outcome: 'deferred', ...ended });
    events.add('symptom.gone', { observed: 'HTTP 200' });
    expect(endingOf(stateOf(events), RUNBOOK)).toBe(`COMPLETE EXCEPT ${Object.keys(STEPS).length} DEFERRED`);
  });
});
