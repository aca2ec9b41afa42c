/**
 * The rollbook command on accelerated time, for stories. Everything else is the product's own. ACCELERATED_SINCE (ms since the Unix
 * epoch) is the moment from which all processes of one story are ahead.
 */
import { runProcess } from '../../../electron/cli/process.ts';
import { acceleratedPorts } from '../../tools/accelerated-ports.ts';

await runProcess(acceleratedPorts(Number(process.env['ACCELERATED_BY']), Number(process.env['ACCELERATED_SINCE'])));
