/** The Slack channel that the settings of one runbook name. */
import type { SettingsService } from '#core/settings/settings-service.ts';
import type { OwnChannel } from './notifier.ts';

export const slackOf = (settings: SettingsService, runbook: string): OwnChannel => ({
  has: (audience) => settings.of(runbook).secrets[`slack:${audience}`] !== undefined,
  read: (audience) => settings.read(runbook, `slack:${audience}`),
});
