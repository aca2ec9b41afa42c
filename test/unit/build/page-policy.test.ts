import { describe, expect, it } from 'vitest';
import { breachesOfHtml, breachesOfScript } from '../../../build/bundle/page-policy.mjs';

describe('the built page', () => {
  it('is let through when all of it comes from its own files', () => {
    const html = '<!doctype html><link rel="stylesheet" href="./a.css"><script type="module" src="./a.js"></script>';
    expect(breachesOfHtml('index.html', html)).toEqual([]);
    expect(breachesOfScript('a.js', 'const medieval = retrieval(1); x.eval(2)', ['/p/renderer/main.tsx'])).toEqual([]);
  });

  it.each([
    ['<script>go()</script>', 'inline script'],
    ['<script type="module">go()</script>', 'inline script'],
    ['<style>a {}</style>', 'inline style sheet'],
    ['<div style="color: red"></div>', 'style or on'],
    ['<body onload="go()">', 'style or on'],
    ['<script src="https://elsewhere.example/a.js"></script>', 'from the network'],
  ])('is refused with %s', (html, why) => {
    expect(breachesOfHtml('index.html', html).join()).toContain(why);
  });

  it.each([
    ['new Function("return 1")', [], 'new Function'],
    ['const a = eval("1")', [], 'eval'],
    ['', ['/p/node_modules/zod/v4/core.js'], 'zod'],
    ['', ['C:\\p\\node_modules\\zod\\v4\\core.js'], 'zod'],
    ['', ['node:fs'], 'Node'],
  ])('is refused with the script %j of %j', (code, modules, why) => {
    expect(breachesOfScript('a.js', code, modules).join()).toContain(why);
  });
});
