/** A process for tests that kill it: node dying-process.js ERRAND.json. Prints `ready` before it starts. */
import { readFileSync } from 'node:fs';
import { doErrand, type Errand } from './errand.ts';

const errand = JSON.parse(readFileSync(process.argv[2] ?? '', 'utf8')) as Errand;
process.stdout.write('ready\n');
await doErrand(errand);
process.exit(0);
