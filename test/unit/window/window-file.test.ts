import { resolve, sep } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pathInside } from '#core/window/window-file.ts';
import { contentSecurityPolicy } from '#core/window/security-headers.ts';

const ROOT = resolve('/srv/window');

describe('pathInside', () => {
  it('maps plain paths below the root, and / to the page', () => {
    expect(pathInside(ROOT, '/')).toBe(resolve(ROOT, 'index.html'));
    expect(pathInside(ROOT, '/assets/main%20a.js')).toBe(resolve(ROOT, 'assets/main a.js'));
  });

  it('never leads out of the root, whatever is asked', () => {
    const part = fc.constantFrom(
      '..',
      '.',
      '%2e%2e',
      '%2E.',
      '%2f',
      '/',
      '\\',
      '%5c',
      '%00',
      ':',
      'C:',
      '%',
      'a',
      'é',
      '%252e',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.array(part).map((parts) => parts.join('')),
          fc.array(part).map((parts) => `/${parts.join('/')}`),
          fc.string(),
        ),
        (asked) => {
          const path = pathInside(ROOT, asked);
          expect(path === null || path.startsWith(ROOT + sep)).toBe(true);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('contentSecurityPolicy', () => {
  it('allows only what the window is made of', () => {
    expect(contentSecurityPolicy([])).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; " +
        "connect-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    );
    expect(contentSecurityPolicy(["'self'", 'ws://127.0.0.1:1'])).toContain("connect-src 'self' ws://127.0.0.1:1;");
  });
});
