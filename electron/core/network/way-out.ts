/**
 * How Rollbook itself reaches an address: as the engineer's own tools do on this machine, through their proxy and with
 * their certificate authorities. A probe that went another way than the runbook's curl would prove something else.
 */
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { SecureContext } from 'node:tls';
import { trustOf } from './certificates.ts';
import { proxyFor } from './proxy.ts';

/** What a request of `node:http` or `node:https` needs. */
export interface Way {
  readonly options: { readonly agent: HttpAgent | false; readonly secureContext?: SecureContext };
  readonly throughProxy: boolean;
}

/** Each request gets a new connection. Throws for an address or a proxy that cannot be used. */
export type WayOut = (target: URL) => Way;

/** `variables`: those of the engineer's shell. */
export function wayOut(variables: Readonly<Record<string, string | undefined>>): WayOut {
  const trust = trustOf(variables);
  return (target) => {
    const secure = target.protocol === 'https:';
    if (!secure && target.protocol !== 'http:') throw new Error(`${target.protocol} is not an address of a web page`);
    const proxy = proxyFor(target, variables);
    const secureContext = secure || proxy?.protocol === 'https:' ? { secureContext: trust() } : {};
    if (proxy === null) return { options: { agent: false, ...secureContext }, throughProxy: false };
    const proxyEnv = { [secure ? 'https_proxy' : 'http_proxy']: proxy.href };
    const agent = new (secure ? HttpsAgent : HttpAgent)({ keepAlive: false, proxyEnv, ...secureContext });
    return { options: { agent, ...secureContext }, throughProxy: true };
  };
}
