/** The settings of the window, apart from Electron so that a test can hold every one of them. */

const BACKGROUND = { light: '#ffffff', dark: '#14171c' };

/** `preload` is the absolute path of the bundled CommonJS preload. Shown only when painted; no white flash at night. */
export function windowSettings(preload: string, dark: boolean, packaged: boolean) {
  return {
    width: 1280,
    height: 800,
    minWidth: 960,
    minHeight: 600,
    show: false,
    title: 'Rollbook',
    backgroundColor: dark ? BACKGROUND.dark : BACKGROUND.light,
    webPreferences: {
      preload,
      contextIsolation: true,
      sandbox: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      webviewTag: false,
      navigateOnDragDrop: false,
      safeDialogs: true,
      spellcheck: false,
      devTools: !packaged,
    },
  };
}
