/**
 * The rollbook command on hurried time, for stories. Everything else is the product's own. HURRIED_SINCE (ms since the Unix
 * epoch) is the moment from which all processes of one story are ahead.
 */
import { runProcess } from '../../../electron/cli/process.ts';
import { acceleratedPorts } from '../../tools/accelerated-ports.ts';

await runProcess(acceleratedPorts(Number(process.env['HURRIED_BY']), Number(process.env['HURRIED_SINCE'])));
