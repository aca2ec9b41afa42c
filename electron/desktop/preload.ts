/**
 * The bridge of the desktop window: bundled to one CommonJS file, run sandboxed and isolated from the page.
 * Three named functions and no more; the event object, and with it `ipcRenderer`, never reaches the page.
 */
import { contextBridge, ipcRenderer, webUtils } from 'electron';
import type { Bridge } from '#shared/api/bridge.ts';
import type { CallArgs, CallName, CallResult } from '#shared/api/calls.ts';
import type { Push, PushName, Pushes } from '#shared/api/pushes.ts';
import type { Result } from '#shared/api/result.ts';
import { CALL, DROPPED, PUSH } from './channels.ts';

const listeners = new Map<PushName, Set<(payload: never) => void>>();

ipcRenderer.on(PUSH, (_event, push: Push) => {
  for (const listener of [...(listeners.get(push.name) ?? [])]) listener(push.payload as never);
});

async function call<N extends CallName>(name: N, args: CallArgs<N>): Promise<Result<CallResult<N>>> {
  try {
    return (await ipcRenderer.invoke(CALL, name, args)) as Result<CallResult<N>>;
  } catch (thrown) {
    // The main process answers with results; only a value that cannot be sent, or its end, comes here.
    return {
      ok: false,
      error: { code: 'environment', message: `The call ${name} did not reach Rollbook: ${String(thrown)}` },
    };
  }
}

function on<N extends PushName>(name: N, listener: (payload: Pushes[N]) => void): () => void {
  const entry = (payload: never): void => listener(payload);
  const set = listeners.get(name) ?? new Set();
  listeners.set(name, set.add(entry));
  return () => void set.delete(entry);
}

/** The main process lives as long as this window does, so the connection is always there. */
function onConnection(...[listener]: Parameters<Bridge['onConnection']>): () => void {
  listener(true, null);
  return () => undefined;
}

const bridge: Bridge = { call, on, onConnection };
contextBridge.exposeInMainWorld('rollbook', bridge);

/** A file dropped on the window. The page gets no path of it: this world reads it, and the main process decides. */
window.addEventListener('dragover', (event) => {
  if (event.dataTransfer?.types.includes('Files') === true) event.preventDefault();
});
window.addEventListener('drop', (event) => {
  const files = event.dataTransfer?.files ?? [];
  if (files.length === 0) return;
  event.preventDefault();
  for (const file of files) ipcRenderer.send(DROPPED, webUtils.getPathForFile(file));
});
