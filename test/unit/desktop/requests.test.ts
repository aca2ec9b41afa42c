import { resolve } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Inbox } from '../../../electron/desktop/inbox.ts';
import { requestOf, requestsOf, requestsOfSecondStart } from '../../../electron/desktop/requests.ts';

const ID = '01JC9Z5R7W8XK4T2M6N0PQVABC';

describe('a link', () => {
  it.each([`rollbook://incident/${ID}`, `rollbook://incident/${ID}/`, `ROLLBOOK://incident/${ID.toLowerCase()}`])(
    'names an incident: %s',
    (link) => expect(requestOf(link, '/')).toEqual({ kind: 'incident', incidentId: ID }),
  );

  it.each([
    'rollbook://incident/',
    'rollbook://incident/../../x.md',
    `rollbook://report/${ID}`,
    `rollbook://incident/${ID}?act=kill`,
    `rollbook://incident/${ID}#/declare`,
    `rollbook://user@incident/${ID}`,
    `https://incident/${ID}`,
    ` rollbook://incident/${ID}`,
    `rollbook://incident/${ID}\n`,
    `rollbook://incident/${ID}I`,
    'rollbook://runbook/x.md',
    'file:///etc/x.md',
  ])('is nothing when anything else is in it: %s', (link) => expect(requestOf(link, '/')).toBeNull());

  it('never asks for what is not a ULID', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), (text) => {
        const request = requestOf(`rollbook://incident/${text}`, '/');
        expect(request === null || request.kind === 'incident').toBe(true);
        if (request?.kind === 'incident') expect(request.incidentId).toMatch(/^[0-9A-Z]{26}$/);
      }),
    );
  });
});

describe('arguments', () => {
  it('finds the runbooks of a start, relative ones in its folder', () => {
    const argv = ['/opt/rollbook', '--enable-logging', 'notes.txt', 'payments.md', '/srv/Api.MARKDOWN', '--x.md'];
    expect(requestsOf(argv, '/home/ann')).toEqual([
      { kind: 'runbook', path: resolve('/home/ann', 'payments.md') },
      { kind: 'runbook', path: resolve('/srv/Api.MARKDOWN') },
    ]);
  });

  it('refuses what no file is named', () => {
    expect(requestOf('a\0.md', '/')).toBeNull();
    expect(requestOf(`${'a'.repeat(5_000)}.md`, '/')).toBeNull();
  });

  it('takes a second start only in its own shape', () => {
    expect(requestsOfSecondStart({ argv: ['a.md', 3, null], cwd: '/x' })).toEqual([
      { kind: 'runbook', path: resolve('/x/a.md') },
    ]);
    for (const told of [null, undefined, 'a.md', { argv: 'a.md', cwd: '/x' }, { argv: ['a.md'] }, []])
      expect(requestsOfSecondStart(told)).toEqual([]);
  });
});

describe('inbox', () => {
  it('keeps what comes early, in order, and then passes everything on', () => {
    const box = new Inbox<number>();
    const got: number[] = [];
    box.put(1);
    box.put(2);
    box.open((item) => void got.push(item));
    box.put(3);
    expect(got).toEqual([1, 2, 3]);
  });
});
