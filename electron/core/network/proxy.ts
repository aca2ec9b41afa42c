/**
 * Which proxy an address is asked through, by the variables that curl and most tools read: `http_proxy`, `https_proxy`,
 * `all_proxy` and `no_proxy`, in lower case first, then in upper case (curl.se/docs/manpage.html, ENVIRONMENT).
 */
import { BlockList, isIP } from 'node:net';

type Variables = Readonly<Record<string, string | undefined>>;

/** null: the address is asked directly. An address of this machine always is. Throws for a proxy that cannot be used. */
export function proxyFor(target: URL, variables: Variables): URL | null {
  const host = target.hostname.replace(/^\[|\]$/g, '').toLowerCase();
  if (isThisMachine(host) || isExcepted(host, portOf(target), named(variables, 'no_proxy'))) return null;
  const own = target.protocol === 'https:' ? 'https_proxy' : 'http_proxy';
  const given = named(variables, own) || named(variables, 'all_proxy');
  if (given === '') return null;
  const proxy = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(given) ? given : `http://${given}`);
  if (proxy === null) throw new Error(`${own} is set, and is not the address of a proxy`);
  if (proxy.protocol === 'http:' || proxy.protocol === 'https:') return proxy;
  throw new Error(`the proxy is of the kind ${proxy.protocol.slice(0, -1)}, and only http and https proxies are used`);
}

const named = (variables: Variables, name: string): string =>
  (variables[name] ?? variables[name.toUpperCase()] ?? '').trim();

const portOf = ({ port, protocol }: URL): string => (port !== '' ? port : protocol === 'https:' ? '443' : '80');

const LOOPBACK = new BlockList();
LOOPBACK.addSubnet('127.0.0.0', 8, 'ipv4');
LOOPBACK.addAddress('::1', 'ipv6');

function isThisMachine(host: string): boolean {
  return host === 'localhost' || host.endsWith('.localhost') || isIn(LOOPBACK, host);
}

/** Names also stand for what is below them, as with curl; networks are written as in 10.0.0.0/8. */
function isExcepted(host: string, port: string, exceptions: string): boolean {
  return exceptions
    .toLowerCase()
    .split(/[\s,]+/)
    .some((entry) => {
      if (entry === '') return false;
      if (entry === '*') return true;
      const [, bare = entry, onPort] = /^(\[[^\]]+\]|[^:]+):(\d+)$/.exec(entry) ?? [];
      if (onPort !== undefined && onPort !== port) return false;
      const name = bare.replace(/^\[|\]$/g, '');
      if (isIP(host) !== 0) return name === host || isInNetwork(host, name);
      const domain = name.replace(/^\*?\./, '').replace(/\.$/, '');
      return host === domain || host.endsWith(`.${domain}`);
    });
}

function isInNetwork(host: string, network: string): boolean {
  const [, address = '', bits = ''] = /^([\da-f.:]+)\/(\d{1,3})$/.exec(network) ?? [];
  const family = isIP(address);
  if (family === 0 || Number(bits) > (family === 4 ? 32 : 128)) return false;
  const list = new BlockList();
  list.addSubnet(address, Number(bits), family === 4 ? 'ipv4' : 'ipv6');
  return isIn(list, host);
}

function isIn(list: BlockList, host: string): boolean {
  const family = isIP(host);
  return family !== 0 && list.check(host, family === 4 ? 'ipv4' : 'ipv6');
}
