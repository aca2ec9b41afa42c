/** The tray: the running clock with its word, and the ways to what is open. */
import { Menu, nativeImage, Tray } from 'electron';
import { assetPath } from '#core/assets.ts';
import type { TrayText } from './tray-text.ts';

export interface TrayActs {
  readonly open: () => void;
  readonly incident: (incidentId: string) => void;
  readonly clock: () => void;
  readonly quit: () => void;
}

/** Throws where the platform has no tray; the app works without one. */
export function makeTray(acts: TrayActs): (text: TrayText) => void {
  const image = nativeImage.createFromPath(assetPath(`dist/desktop/${imageName(process.platform)}`));
  if (process.platform === 'darwin') image.setTemplateImage(true);
  const tray = new Tray(image);
  tray.on('click', acts.open);
  let shown = { title: '', tooltip: '', rows: '' };
  return ({ title, tooltip, rows }) => {
    // Only macOS has room for a text beside the icon.
    if (process.platform === 'darwin' && title !== shown.title) tray.setTitle(title, { fontType: 'monospacedDigit' });
    if (tooltip !== shown.tooltip) tray.setToolTip(tooltip);
    const key = JSON.stringify(rows);
    if (key !== shown.rows) tray.setContextMenu(Menu.buildFromTemplate(template(rows, acts)));
    shown = { title, tooltip, rows: key };
  };
}

/** macOS colours a template image itself, light or dark. */
const imageName = (platform: NodeJS.Platform): string => {
  if (platform === 'darwin') return 'trayTemplate.png';
  return platform === 'win32' ? 'tray.ico' : 'tray.png';
};

const template = (rows: TrayText['rows'], acts: TrayActs): Electron.MenuItemConstructorOptions[] => [
  ...rows.map(({ incidentId, label }) => ({ label, click: () => acts.incident(incidentId) })),
  ...(rows.length === 0 ? [] : [{ label: 'Compact Clock', click: acts.clock }, { type: 'separator' } as const]),
  { label: 'Open Rollbook', click: acts.open },
  { label: 'Quit', click: acts.quit },
];
