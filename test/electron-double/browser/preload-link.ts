/** The isolated world of a page's preload: runs the preload in every document, and passes messages in and out. */
import type { CDPSession } from '@playwright/test';
import type { FrameTold, Outcome } from '../messages.ts';
import { cloneText } from '../page/clone-text.ts';
import { documentScripts, ISOLATED_WORLD, TO_MAIN } from '../page/scripts.ts';
import { fromBrowser } from '../scheme.ts';

export interface NotificationLog {
  invoke(frame: FrameTold, channel: string, args: readonly unknown[]): Promise<Outcome>;
  message(frame: FrameTold, channel: string, args: readonly unknown[]): void;
}

export interface PreloadLink {
  /** Sends to the preload of the main frame. Without one the message is lost. */
  readonly post: (channel: string, args: readonly unknown[]) => Promise<void>;
}

interface Spoken {
  readonly kind: 'invoke' | 'send';
  readonly channel: string;
  readonly args: readonly unknown[];
  readonly id: number;
  readonly frame: FrameTold;
}

const text = cloneText();

export async function linkPreload(
  cdp: CDPSession,
  preload: string,
  subFrames: boolean,
  told: NotificationLog,
): Promise<PreloadLink> {
  let mainContext: number | null = null;
  const { frameTree } = await cdp.send('Page.getFrameTree');
  cdp.on('Runtime.executionContextCreated', ({ context }) => {
    const frame = (context.auxData as { frameId?: string } | undefined)?.frameId;
    if (context.name === ISOLATED_WORLD && frame === frameTree.frame.id) mainContext = context.id;
  });
  cdp.on('Runtime.executionContextDestroyed', ({ executionContextId }) => {
    if (executionContextId === mainContext) mainContext = null;
  });

  const enter = async (contextId: number, value: unknown): Promise<void> => {
    const expression = `fromMain(${JSON.stringify(text.encode(value))})`;
    // The document was left, so the message is dropped.
    await cdp.send('Runtime.evaluate', { expression, contextId }).catch(() => undefined);
  };

  cdp.on('Runtime.bindingCalled', ({ name, payload, executionContextId }) => {
    if (name !== TO_MAIN) return;
    const { kind, channel, args, id, frame } = text.decode(payload) as Spoken;
    const from = {
      ...frame,
      url: fromBrowser(frame.url),
      parentOrigin: fromBrowser(frame.parentOrigin).replace(/\/$/, ''),
    };
    if (kind === 'send') told.message(from, channel, args);
    else {
      told
        .invoke(from, channel, args)
        .catch((thrown: unknown): Outcome => ({ ok: false, message: String(thrown) }))
        .then((outcome) => enter(executionContextId, { kind: 'answer', id, outcome }))
        .catch(() => undefined);
    }
  });

  const { mainWorld, isolatedWorld } = documentScripts(preload, subFrames);
  await cdp.send('Runtime.enable');
  await cdp.send('Runtime.addBinding', { name: TO_MAIN, executionContextName: ISOLATED_WORLD });
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: mainWorld });
  await cdp.send('Page.addScriptToEvaluateOnNewDocument', { source: isolatedWorld, worldName: ISOLATED_WORLD });
  return {
    async post(channel, args) {
      if (mainContext !== null) await enter(mainContext, { kind: 'post', channel, args });
    },
  };
}
