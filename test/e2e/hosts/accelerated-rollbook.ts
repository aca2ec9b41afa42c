/**
 * The rollbook command with a faster clock, for stories; everything else is unchanged. ACCELERATED_SINCE (ms since the Unix
 * epoch) is the moment from which the clocks of all processes of a story run faster.
 */
import { runProcess } from '../../../electron/cli/process.ts';
import { acceleratedPorts } from '../../tools/accelerated-ports.ts';

await runProcess(acceleratedPorts(Number(process.env['ACCELERATED_BY']), Number(process.env['ACCELERATED_SINCE'])));
