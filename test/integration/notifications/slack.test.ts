import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ulid } from 'ulid';
import { openDoor } from '#core/redaction-door.ts';
import { slackNotifier } from '#core/notifications/notifier.ts';
import { postToSlack } from '#core/notifications/slack.ts';
import { webhooks } from '#core/notifications/webhooks.ts';
import type { OpenIncident } from '#core/incidents/open-incident.ts';
import type { Intent } from '#shared/incident/intent.ts';
import { commandLine } from '../../fixtures/command-line.ts';
import { dataFolder, testCore } from '../../fixtures/data-folder.ts';
import { withVariables } from '../../fixtures/environment.ts';
import { slackServer } from '../../fixtures/slack-server.ts';
import { send, stepsOf, take } from '../../fixtures/steering.ts';

const post: Intent = { kind: 'post-message', messageId: 'status-now', text: 'Rolling back <!channel> & more' };

/** Only the events of posting: symptom probes can come at any moment. */
const messageKinds = ({ context }: OpenIncident): readonly string[] =>
  context.eventLog.events.map(({ kind }) => kind).filter((kind) => kind.startsWith('message.'));

async function drill() {
  const core = await testCore();
  const start = { scenario: 'app-rollback', speed: 600, actor: 'ann', intentId: ulid() };
  const incident = await core.services.incidents.open(await core.services.drills.start(start));
  await incident.captured();
  return { core, incident, kinds: () => messageKinds(incident) };
}

/** The content of all files in the data folder. */
function everything(folder: string): string {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'latin1'))
    .join('\n');
}

describe('a Slack webhook', () => {
  it('gets one JSON text, with what Slack would take for commands made harmless', async () => {
    const slack = await slackServer(onTestFinished);
    await postToSlack(new URL(slack.url), 'a <!channel> & b');
    expect(slack.got).toEqual([
      { method: 'POST', type: 'application/json; charset=utf-8', text: 'a &lt;!channel&gt; &amp; b' },
    ]);
  });

  it('a refusal is said in plain words, and never with the address', async () => {
    const slack = await slackServer(onTestFinished);
    slack.answer = { status: 404, body: 'no_service' };
    const refused = postToSlack(new URL(slack.url), 'x');
    await expect(refused).rejects.toMatchObject({
      code: 'environment',
      message: 'Slack refused the message: no_service.',
      advice: expect.stringContaining('new one') as string,
    });
    slack.answer = { status: 500, body: `<html>${slack.secret}</html>` };
    await expect(postToSlack(new URL(slack.url), 'x')).rejects.toThrow('Slack refused the message: HTTP 500.');
  });

  it('one that nobody answers at is named by its reason alone', async () => {
    const gone = postToSlack(new URL('http://127.0.0.1:9/services/secret-path'), 'x');
    await expect(gone).rejects.toSatisfy((thrown) => !String(thrown).includes('secret-path'));
    await expect(gone).rejects.toMatchObject({ code: 'environment' });
  });
});

describe('where webhooks are found', () => {
  it('in the environment, or in a file that is its user’s alone', () => {
    const folder = dataFolder();
    expect(webhooks({}, folder).of('live')).toBeNull();
    mkdirSync(join(folder, 'secrets'));
    const file = join(folder, 'secrets', 'slack-webhook');
    writeFileSync(file, 'https://hooks.example.test/a\n', { mode: 0o600 });
    expect(webhooks({}, folder).of('live')?.href).toBe('https://hooks.example.test/a');
    const named = { ROLLBOOK_SLACK_WEBHOOK: 'https://hooks.example.test/b' };
    expect(webhooks(named, folder).of('live')?.href).toBe('https://hooks.example.test/b');
    expect(webhooks(named, folder).of('drill')).toBeNull();
    chmodSync(file, 0o644);
    expect(() => webhooks({}, folder).of('live')).toThrow(/read by others/);
    expect(statSync(file).mode & 0o777).toBe(0o644);
  });

  it('what is no address is refused without being repeated', () => {
    const hooks = webhooks({ ROLLBOOK_SLACK_WEBHOOK: 'http://hooks.example.test/s3cret' }, dataFolder());
    expect(() => hooks.of('live')).toThrow(/ROLLBOOK_SLACK_WEBHOOK/);
    expect(() => hooks.of('live')).not.toThrow(/s3cret/);
    expect(slackNotifier(hooks, openDoor()).has('live')).toBe(true);
  });
});

describe('posting from an incident', () => {
  it('a drill does not shout: without a drill channel nothing is posted, whatever else is set', async () => {
    const slack = await slackServer(onTestFinished);
    withVariables({ ROLLBOOK_SLACK_WEBHOOK: slack.url });
    const { incident, kinds } = await drill();
    await expect(send(incident, post)).rejects.toMatchObject({ code: 'not-allowed' });
    expect(kinds()).not.toContain('message.posting');
    expect(slack.got).toEqual([]);
  });

  it('in the drill channel it says DRILL, is noted before and after, and is no reason to decide again', async () => {
    const slack = await slackServer(onTestFinished);
    withVariables({ ROLLBOOK_SLACK_DRILL_WEBHOOK: slack.url });
    const { core, incident, kinds } = await drill();
    const { seq } = incident.context.eventLog.state;
    await take(incident, post);
    expect(slack.got.map(({ text }) => text)).toEqual(['DRILL Rolling back &lt;!channel&gt; &amp; more']);
    expect(kinds()).toEqual(['message.posting', 'message.sent']);
    expect(incident.context.eventLog.state.sent['status-now']?.where).toBe('Slack (drill channel)');
    await incident.act({ kind: 'run-reads', stepId: stepsOf(incident).choose.id }, 'ann', ulid(), seq);
    await incident.settled();
    const { markdown } = await core.services.reports.preview(incident.context.incidentId);
    expect(markdown).toContain('Status now');
    await core.close();
    expect(`${everything(core.services.store.folder)}${markdown}`).not.toContain(slack.secret);
  });

  it('posts no secret and no hidden character', async () => {
    const slack = await slackServer(onTestFinished);
    withVariables({ ROLLBOOK_SLACK_DRILL_WEBHOOK: slack.url });
    const { incident } = await drill();
    const token = `ghp_${'a1B2'.repeat(9)}`;
    await take(incident, { ...post, text: `read \u202etxt.exe\u200b by ${token}` });
    expect(slack.got.map(({ text }) => text)).toEqual(['DRILL read ⟨U+202E⟩txt.exe⟨U+200B⟩ by [redacted]']);
  });

  it('what was not posted is said, and is not marked as sent', async () => {
    const slack = await slackServer(onTestFinished);
    slack.answer = { status: 403, body: 'action_prohibited' };
    withVariables({ ROLLBOOK_SLACK_DRILL_WEBHOOK: slack.url });
    const { core, incident, kinds } = await drill();
    await take(incident, post);
    expect(kinds()).toEqual(['message.posting', 'message.failed']);
    expect(incident.context.eventLog.state.sent).toEqual({});
    const { markdown } = await core.services.reports.preview(incident.context.incidentId);
    expect(markdown).toMatch(/Not posted at .*Status now.*administrator/);
  });
});

describe('rollbook status', () => {
  it('prints how it stands, and posts it with --post', async () => {
    const slack = await slackServer(onTestFinished);
    withVariables({ ROLLBOOK_SLACK_DRILL_WEBHOOK: slack.url });
    const line = commandLine();
    const played = await line.run(['drill', '--scenario', 'app-rollback', '--auto', '--speed', '600', '--json']);
    const { incidentId } = played.json() as { incidentId: string };
    const said = await line.run(['status', incidentId]);
    expect(said).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^DRILL P0 hotdash-agent-service: .*\nResolved/) as string,
    });
    const posted = await line.run(['status', incidentId, '--post', '--json']);
    expect(posted.json()).toMatchObject({ sent: true, failed: null });
    expect(slack.got).toHaveLength(1);
    slack.answer = { status: 404, body: 'no_service' };
    const failed = await line.run(['status', incidentId, '--post']);
    expect(failed).toMatchObject({ code: 3, err: expect.stringContaining('no_service') as string });
  });

  it('prints how it stands also without a channel to post to: exit 3, and why', async () => {
    withVariables({ ROLLBOOK_SLACK_DRILL_WEBHOOK: undefined });
    const line = commandLine();
    const played = await line.run(['drill', '--scenario', 'app-rollback', '--auto', '--speed', '600', '--json']);
    const { incidentId } = played.json() as { incidentId: string };
    const said = await line.run(['status', incidentId, '--post']);
    expect(said).toMatchObject({ code: 3, out: expect.stringMatching(/^DRILL P0 /) as string });
    expect(said.err).toContain('No drill channel is set');
    const json = await line.run(['status', incidentId, '--post', '--json']);
    expect(json.code).toBe(3);
    expect(json.json()).toMatchObject({ sent: false, failed: expect.stringContaining('No drill channel') as string });
  });
});
