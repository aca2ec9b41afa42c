/** Watches a page for breaches of the content security policy, exceptions and logged errors. */
import type { Page } from '@playwright/test';

/** Errors that a page logs when its Rollbook is ended on purpose. */
export const SERVER_GONE = /WebSocket|net::ERR_(?:CONNECTION_|EMPTY_RESPONSE|SOCKET_|NETWORK_|INCOMPLETE_)/;

/** Adds a line to `trouble` for each. To be called before the first document is loaded. */
export async function watchForTrouble(page: Page, trouble: string[]): Promise<void> {
  page.on('pageerror', (error) => trouble.push(`threw: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error') trouble.push(`logged: ${message.text()}`);
  });
  await page.exposeFunction('noteViolation', (text: string) => trouble.push(`policy: ${text}`));
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', (event) => {
      const { noteViolation } = globalThis as unknown as { noteViolation: (text: string) => void };
      noteViolation(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`);
    });
  });
}
