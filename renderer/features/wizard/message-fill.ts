/** A runbook's message with what is known put into its blanks. What is not known stays a blank for a person to fill. */
import type { IncidentState } from '#shared/incident/state.ts';
import { hourMinute } from '../../ui/time.ts';

/** In a drill the text says so in its first words: drills do not shout. */
export function fillMessage(text: string, state: IncidentState): string {
  const { declared, severity, choice } = state;
  const known: readonly (readonly [RegExp, string | null])[] = [
    [/P\[[^\]]*\]/g, severity],
    [/\[Brief description\]/gi, declared.title],
    [/\[Time\]/gi, hourMinute(state.startedAt ?? state.declaredAt)],
    [/\[Timeframe\]/gi, declared.row?.targetText ?? null],
    [/v\[X\]/gi, choice === null ? null : `v${choice.version}`],
    [/\$\{?SERVICE\}?/g, declared.service],
  ];
  const filled = known.reduce((now, [blank, value]) => (value === null ? now : now.replace(blank, () => value)), text);
  return declared.kind === 'drill' ? `DRILL ${filled}` : filled;
}
