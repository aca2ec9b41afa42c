/** The Slack channel that the settings of one runbook name. */
import type { SettingsDesk } from '#core/settings/settings-desk.ts';
import type { OwnChannel } from './notifier.ts';

export const slackOf = (settings: SettingsDesk, runbook: string): OwnChannel => ({
  has: (audience) => settings.of(runbook).secrets[`slack:${audience}`] !== undefined,
  read: (audience) => settings.read(runbook, `slack:${audience}`),
});
