import { checkLayers } from './checks/layers.mjs';
import { projectRoot } from './setup/project.mjs';

/** Checks the imports of all sources against the layer table: `node build/check-layers.mjs [project folder]`. Exit 1 on a breach. */
const { breaches, files } = checkLayers(process.argv[2] ?? projectRoot);
if (files === 0) breaches.push('No source was found, so nothing was checked.');
for (const breach of breaches) process.stderr.write(`${breach}\n`);
process.stdout.write(`Layers: ${files} files, ${breaches.length} breaches.\n`);
process.exitCode = breaches.length === 0 ? 0 : 1;
