/**
 * The rollbook command on hurried time, for stories: all that it waits for takes a fraction of the time. Everything else is the
 * product's own. HURRIED_SINCE (ms since the Unix epoch) is the moment from which all processes of one story are ahead.
 */
import { runProcess } from '../../../electron/cli/process.ts';
import { drillClock } from '../../../electron/core/simulator/drill-clock.ts';
import { systemPorts } from '../../../electron/core/system-ports.ts';

const since = Number(process.env['HURRIED_SINCE']);
const speed = Number(process.env['HURRIED_BY']);
const ports = systemPorts();
await runProcess({ ...ports, clock: drillClock(ports.clock, { speed, startAt: since, wallStartAt: since }) });
