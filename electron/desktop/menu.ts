import { app, Menu } from 'electron';
import { type MenuSettings, menuTemplate } from './menu-template.ts';

export function setMenu(settings: Pick<MenuSettings, 'acts' | 'updates'>): void {
  const template = menuTemplate({ platform: process.platform, packaged: app.isPackaged, ...settings });
  Menu.setApplicationMenu(Menu.buildFromTemplate(template));
}
