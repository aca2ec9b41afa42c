/** Posts to Slack, to the channel for live incidents or the one for drills. */
import { RollbookError } from '#shared/api/result.ts';
import type { Door } from '#core/redaction-door.ts';
import { type Fetch, machineFetch } from '#core/network/machine-fetch.ts';
import { wayOut } from '#core/network/way-out.ts';
import { postToSlack } from './slack.ts';
import { type Audience, webhookAddress, type Webhooks } from './webhooks.ts';
import type { SettingsService } from '#core/settings/settings-service.ts';

export interface Notifier {
  /** True when a channel is set. Never throws: an unusable one counts as set, and fails when it is used. */
  has(audience: Audience): boolean;
  /** Resolves with what the channel is called on the timeline. Codes: `not-allowed` (none set), `environment`. */
  post(audience: Audience, text: string): Promise<string>;
}

const CALLED: Readonly<Record<Audience, string>> = { live: 'Slack', drill: 'Slack (drill channel)' };

/** The channel in a runbook's settings, which comes before the machine's own. */
export interface OwnChannel {
  has(audience: Audience): boolean;
  /** null: none is set. Code: `environment`. */
  read(audience: Audience): Promise<string | null>;
}

/** `door`: redacts what is posted, and learns each address that is used. */
export function slackNotifier(
  hooks: Webhooks,
  door: Pick<Door, 'learn' | 'outside'>,
  own: OwnChannel = { has: () => false, read: () => Promise.resolve(null) },
  send: Fetch = machineFetch(wayOut({})),
): Notifier {
  return {
    has(audience) {
      if (own.has(audience)) return true;
      try {
        return hooks.of(audience) !== null;
      } catch {
        return true;
      }
    },
    async post(audience, text) {
      const given = await own.read(audience);
      const webhook = given === null ? hooks.of(audience) : webhookAddress(given, 'the source under Settings');
      if (webhook === null) {
        const [what, name] =
          audience === 'drill'
            ? ['No drill channel is set: drills do not shout.', 'ROLLBOOK_SLACK_DRILL_WEBHOOK']
            : ['No Slack webhook is set.', 'ROLLBOOK_SLACK_WEBHOOK'];
        throw new RollbookError(
          'not-allowed',
          what,
          `Copy the text and send it yourself, or choose a webhook under Settings (or set ${name}).`,
        );
      }
      door.learn([webhook.href, webhook.pathname]);
      await postToSlack(webhook, door.outside(text), send);
      return CALLED[audience];
    },
  };
}

/** The Slack channel in the settings of one runbook. */
export const slackOf = (settings: SettingsService, runbook: string): OwnChannel => ({
  has: (audience) => settings.of(runbook).secrets[`slack:${audience}`] !== undefined,
  read: (audience) => settings.read(runbook, `slack:${audience}`),
});
