import { describe, expect, it } from 'vitest';
import { proxyFor } from '#core/network/proxy.ts';

const PROXY = 'http://proxy.pier.internal:3128/';
const chosen = (address: string, variables: Record<string, string>): string | null =>
  proxyFor(new URL(address), variables)?.href ?? null;

describe('the proxy for an address', () => {
  it.each([
    ['http://a.example/', { http_proxy: PROXY }, PROXY],
    ['http://a.example/', { HTTP_PROXY: PROXY }, PROXY],
    ['http://a.example/', { http_proxy: 'proxy.pier.internal:3128' }, PROXY],
    ['http://a.example/', { https_proxy: PROXY }, null],
    ['https://a.example/', { https_proxy: PROXY }, PROXY],
    ['https://a.example/', { HTTPS_PROXY: PROXY, http_proxy: 'http://other.example/' }, PROXY],
    ['https://a.example/', { ALL_PROXY: PROXY }, PROXY],
    // Set and empty switches the other spelling off, as with curl.
    ['https://a.example/', { https_proxy: '', HTTPS_PROXY: PROXY }, null],
    ['https://a.example/', {}, null],
  ])('%s with %o', (address, variables, expected) => {
    expect(chosen(address, variables)).toBe(expected);
  });

  it.each([
    ['a.example', 'a.example', true],
    ['x.a.example', 'a.example', true],
    ['x.a.example', '.a.example', true],
    ['x.a.example', '*.a.example', true],
    ['xa.example', 'a.example', false],
    ['a.example', 'b.example, a.example', true],
    ['a.example', 'b.example a.example', true],
    ['A.Example', 'a.EXAMPLE', true],
    ['a.example', '*', true],
    ['a.example:8080', 'a.example:8080', true],
    ['a.example', 'a.example:8080', false],
    ['10.1.2.3', '10.0.0.0/8', true],
    ['11.1.2.3', '10.0.0.0/8', false],
    ['10.1.2.3', '10.1.2.3', true],
    ['[fd00::7]', 'fd00::/8', true],
    ['[fd00::7]', '[fd00::7]', true],
    ['a.example', '', false],
  ])('%s, with exceptions %s', (host, exceptions, direct) => {
    expect(chosen(`http://${host}/`, { http_proxy: PROXY, NO_PROXY: exceptions })).toBe(direct ? null : PROXY);
  });

  it.each(['localhost', 'app.localhost', '127.0.0.1', '127.9.9.9', '[::1]', '[::ffff:127.0.0.1]'])(
    'this machine (%s) is never asked through one',
    (host) => {
      expect(chosen(`http://${host}:8080/`, { http_proxy: PROXY, all_proxy: PROXY })).toBeNull();
    },
  );

  it.each([
    ['socks5://127.0.0.1:1080', /kind socks5/],
    ['http://', /not the address of a proxy/],
  ])('of %s it is told why it is not used', (proxy, why) => {
    expect(() => chosen('http://a.example/', { http_proxy: proxy })).toThrow(why);
  });
});
