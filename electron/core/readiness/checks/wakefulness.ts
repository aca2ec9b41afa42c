import { AWAKE_TOOLS } from '#core/runner/keep-awake.ts';
import { type ChecksOf, firstLine, type Found, ok, warning } from '../readiness-check.ts';

const FIX = 'Switch sleep off for the time of an incident, or use the desktop app.';

/** Whether the machine can be kept from sleeping while commands and watches run (product rule 15). */
export const wakefulness: ChecksOf = ({ host, read }) => [
  {
    id: 'awake',
    group: 'machine',
    title: 'Kept awake during commands and watches',
    look: async (): Promise<Found> => {
      if (host === 'desktop') return ok('by the desktop app');
      const means = AWAKE_TOOLS[process.platform];
      if (means === undefined) return warning('only the desktop app can do it on this platform', FIX);
      const answer = await read(means.tool, [...means.args, 'true']);
      if (answer.kind === 'not-asked') return warning(answer.why, FIX);
      return answer.code === 0 ? ok(`by ${means.tool}`) : warning(`${means.tool}: ${firstLine(answer)}`, FIX);
    },
  },
];
