/** Takes pictures of the window in every size and theme, and finds layout errors that a script can see. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';

const SIZES = [
  { width: 1280, height: 800 },
  { width: 1920, height: 1080 },
] as const;
const THEMES = ['light', 'dark'] as const;

export interface Album {
  /** Takes a picture in each size and theme. */
  picture(page: Page, name: string): Promise<void>;
  /** The problems found so far, one line each. */
  readonly problems: readonly string[];
  readonly count: () => number;
}

export function album(folder: string): Album {
  const problems: string[] = [];
  let count = 0;
  mkdirSync(folder, { recursive: true });
  return {
    problems,
    count: () => count,
    async picture(page, name) {
      for (const size of SIZES) {
        await page.setViewportSize(size);
        for (const theme of THEMES) {
          await page.emulateMedia({ colorScheme: theme });
          await page.screenshot({ path: join(folder, `${name}-${size.width}-${theme}.png`) });
          count += 1;
        }
        const found = await page.evaluate(brokenLayout);
        problems.push(...found.map((problem) => `${name} at ${size.width}: ${problem}`));
      }
      await page.setViewportSize(SIZES[0]);
    },
  };
}

/** Runs in the page. Elements that scroll may be wider inside; elements that cut off text may not. */
function brokenLayout(): string[] {
  const { clientWidth, scrollWidth } = document.documentElement;
  const told = (element: Element): string =>
    `${element.tagName.toLowerCase()}.${[...element.classList].join('.')} "${(element.textContent ?? '').trim().slice(0, 50)}"`;
  const scrolls = (element: Element | null): boolean =>
    element !== null && (/auto|scroll/.test(getComputedStyle(element).overflowX) || scrolls(element.parentElement));
  const problems =
    scrollWidth > clientWidth ? [`the page is ${scrollWidth - clientWidth} px wider than the window`] : [];
  for (const element of document.querySelectorAll('body *')) {
    const style = getComputedStyle(element);
    const box = element.getBoundingClientRect();
    const hidden =
      box.width === 0 ||
      !element.checkVisibility({ visibilityProperty: true }) ||
      element.closest('.sr-only, svg') !== null;
    if (hidden) continue;
    if ((box.right > clientWidth + 1 || box.left < -1) && !scrolls(element.parentElement)) {
      problems.push(`stands out of the window: ${told(element)}`);
    }
    const cuts = /hidden|clip/.test(style.overflowX) || element.matches('button, kbd, td, th, label, summary');
    // Texts that end with an ellipsis are shown in full elsewhere.
    const clamped = style.getPropertyValue('-webkit-line-clamp') !== 'none';
    if (cuts && !clamped && !scrolls(element) && element.scrollWidth > element.clientWidth + 1) {
      if (style.display !== 'inline') problems.push(`its text is cut: ${told(element)}`);
    }
  }
  return problems;
}
