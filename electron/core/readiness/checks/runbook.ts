import { count } from '#shared/words/count.ts';
import { inThread } from '#core/untrusted/in-thread.ts';
import { type ChecksOf, failed, type Found, ok, warning } from '../readiness-check.ts';

/** The result of the runbook check by the tables of known versions: fast, and without asking a tool. */
export const runbook: ChecksOf = ({ model, source, clock }) => [
  {
    id: 'runbook',
    group: 'runbook',
    title: 'Commands of the runbook',
    look: async (): Promise<Found> => {
      const { summary } = await inThread('check', { model, source, now: clock.now() }, model.title);
      const words = [
        `${count(summary.error, 'error')}, ${count(summary.warning, 'warning')}`,
        `in ${count(summary.commands, 'command')}`,
      ].join(' ');
      const fix = 'Run "rollbook check" on it: each finding has its line and its fix.';
      return summary.error > 0 ? failed(words, fix) : summary.warning > 0 ? warning(words, fix) : ok(words);
    },
  },
];
