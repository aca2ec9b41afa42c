/** The end of the app, in order: asked where something runs, noted on the timeline, the store closed, then gone. */
import { app, type BrowserWindow, dialog, type MessageBoxOptions } from 'electron';
import type { OpenCore } from '#core/core.ts';
import { ROLLBOOK } from '#core/engine/incident-context.ts';
import { toFailure } from '#shared/api/result.ts';
import { closeClock } from './clock-window.ts';
import { type Asked, type Decision, ending, partingNote, quitQuestion, watchQuestion } from './ending.ts';
import { bringToFront, mainWindow, placeOfWindow } from './window.ts';

export const PLACE_SETTING = 'desktop.window';

export interface OrderlyEnd {
  /** The window is the app: closing it asks the same question, so that "no" leaves it open. */
  watch(window: BrowserWindow): void;
}

/** `watches`: how many watches are under way. */
export function endInOrder(core: OpenCore, report: (line: string) => void, watches: () => number): OrderlyEnd {
  const say = (thrown: unknown): void => report(toFailure(thrown).message);
  const end = ending({
    ask: (asked) => askToEnd(core, watches(), asked),
    hide: () => mainWindow()?.hide(),
    closeCore: async () => {
      await keepPlace(core).catch(say);
      await noteParting(core).catch(say);
      await core.close();
    },
    quit: () => {
      closeClock();
      app.quit();
    },
    report: say,
  });
  const holdBack =
    (asked: Asked) =>
    (event: { preventDefault(): void }): void => {
      if (end.mayEnd()) return;
      event.preventDefault();
      void end.request(asked);
    };
  app.on('before-quit', holdBack('quit'));
  app.on('window-all-closed', () => app.quit());
  return { watch: (window) => void window.on('close', holdBack('close')) };
}

async function askToEnd(core: OpenCore, watches: number, asked: Asked): Promise<Decision> {
  const shown = core.running().map((run) => core.services.door.outside(run.shown));
  const question = quitQuestion(shown, process.platform) ?? watchQuestion(watches, asked);
  if (question === null) return 'quit';
  const options: MessageBoxOptions = {
    message: question.message,
    detail: question.detail,
    buttons: question.buttons.map(({ label }) => label),
    type: 'warning',
    defaultId: 0,
    cancelId: 0,
    noLink: true,
  };
  // A minimized window would hide the question when the quit comes from the tray.
  bringToFront();
  const window = mainWindow();
  const { response } = await (window === null
    ? dialog.showMessageBox(options)
    : dialog.showMessageBox(window, options));
  return question.buttons[response]?.means ?? 'stay';
}

async function keepPlace({ services: { store } }: OpenCore): Promise<void> {
  const window = mainWindow();
  if (window !== null) await store.settings.set(PLACE_SETTING, placeOfWindow(window));
}

/** Read again: a command may have ended or begun while the question was open. */
async function noteParting(core: OpenCore): Promise<void> {
  const running = core.running();
  for (const incidentId of new Set(running.map((run) => run.incidentId))) {
    const shown = running.filter((run) => run.incidentId === incidentId).map((run) => run.shown);
    const text = partingNote(shown, process.platform);
    if (text === null) continue;
    await core.services.incidents.during(incidentId, ({ context }) =>
      context.eventLog.tryAppend(ROLLBOOK, [{ kind: 'note.added', payload: { text, starred: false } }]),
    );
  }
}
