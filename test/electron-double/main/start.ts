/** Starts a built main bundle on the double: `node start.ts BUNDLE [arguments of the app]`, with an ipc channel. */
import { pathToFileURL } from 'node:url';
import './hook.ts';
import { app } from './electron.ts';
import { answers } from './answers.ts';
import { answerWith } from './browser.ts';
import { record } from './surface.ts';

Object.assign(globalThis, { electronDoubleRecord: record });
Object.assign(process.versions, { electron: '45.4.1', chrome: '0.0.0.0' });
Object.assign(process, { type: 'browser' });
Object.defineProperty(process, 'resourcesPath', { value: process.cwd() });

answerWith(answers);
const bundle = process.argv[2] ?? '';
// As Electron lists them: the program, the app, its arguments.
process.argv.splice(1, 2, bundle);
await import(pathToFileURL(bundle).href);
// Electron waits for the main module, then becomes ready.
setImmediate(() => app.becomeReady());
