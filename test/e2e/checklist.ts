/** Ticks the checklist before a rollback, with the suggested answer where there is one. */
import { expect, type Page } from '@playwright/test';

export async function goThroughChecklist(page: Page): Promise<void> {
  const list = page.getByRole('list', { name: 'Checklist' });
  const open = list.getByRole('button', { name: /^Tick:/ });
  await open.first().waitFor();
  for (let left = await open.count(); left > 0; left -= 1) {
    await open.first().click();
    const field = page.getByLabel(/^What you saw:/);
    if ((await field.inputValue()) === '') await field.fill('seen by ann');
    await field.press('Enter');
    await expect(open).toHaveCount(left - 1);
  }
}
