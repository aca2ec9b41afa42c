/** One Rollbook with its window, and the function that takes pictures of it. */
import type { Page } from '@playwright/test';
import type { App } from './hosts/app-folder.ts';
import type { Wizard } from './wizard.ts';

export const DEPLOY = 'Deploy v9 to hotdash-agent-service';

export interface Stage {
  readonly app: App;
  readonly page: Page;
  readonly wizard: Wizard;
  readonly take: (name: string) => Promise<void>;
}

export async function home(page: Page): Promise<void> {
  await page.goto(`${page.url().split('#')[0] ?? ''}#/`);
  await page.getByRole('heading', { name: 'Rollbook' }).waitFor();
}
