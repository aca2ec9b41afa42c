/** What is said before the first question: which incident this is, on which tools, and what can be typed. */
import type { OpenIncident } from '#core/incidents/open-incident.ts';

export function introduction({ context }: OpenIncident): string {
  const { declared, severity, row } = context.eventLog.state;
  const target = row === null ? 'no target' : `target ${row.targetText}`;
  return [
    toolsLine({ context }),
    `Incident ${context.incidentId}: ${severity}, ${declared.title} (${target}), ${declared.service}.`,
    ...(declared.symptom === '' || declared.symptom === declared.title ? [] : [`Symptom: ${declared.symptom}`]),
    'Enter takes what is offered first. /help lists what can be typed; "stop" stops what runs; Ctrl-C leaves it open.',
    '',
  ].join('\n');
}

/** Whether it is for real. */
export function toolsLine({ context }: Pick<OpenIncident, 'context'>): string {
  const { declared } = context.eventLog.state;
  if (declared.kind === 'live') return 'LIVE: commands run for real, with your own login.';
  if (declared.adapter === 'real') return `DRILL with real tools, on ${declared.service} alone.`;
  const { scenario = '', speed = 1 } = declared.drill ?? {};
  const fast = speed === 1 ? 'in real time' : `${speed} times as fast as real time`;
  return `DRILL ${scenario}, ${fast}, on simulated tools: nothing real is touched, and no message leaves this machine.`;
}
